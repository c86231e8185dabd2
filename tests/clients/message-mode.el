;; Writes mails in message-mode and sends them through tonelint-sendmail; the folder comes as an argument.

(require 'message)
(setq work (pop command-line-args-left)
      user-mail-address "me@shop.example"
      message-send-mail-function 'message-send-mail-with-sendmail
      sendmail-program (expand-file-name "bin/tonelint-sendmail" work)
      message-interactive t
      message-auto-save-directory nil
      message-confirm-send nil)

(defun compose (text)
  (message-mail "anna@b.example" "Re: Gate")
  (message-goto-body)
  (insert-file-contents (expand-file-name text work)))

(compose "good.txt")
(message-send)
(let ((sent (expand-file-name "out/mail" work)))
  (unless (file-exists-p sent) (error "The good mail was not sent"))
  (delete-file sent))

(compose "harsh.txt")
(condition-case problem
    (message-send)
  (error (message "held: %s" (error-message-string problem))))
(message "survived: %s" (and (buffer-modified-p) (string-match-p "You are an idiot" (buffer-string)) t))
(message-send)
