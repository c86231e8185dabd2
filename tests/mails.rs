//! The mails under `fixtures/mail` are read as a reader sees them, and every word leads back to
//! the file.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use tonelint::decode::transfer::Transfer;
use tonelint::message::{Kind, Message, Passage};
use tonelint::span::Span;

fn mails() -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mail");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|p| (p.clone(), fs::read(p).unwrap())).collect()
}

fn read(name: &str) -> (Vec<u8>, Message) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/mail").join(name);
    let raw = fs::read(path).unwrap();
    let message = Message::read(&raw, Kind::Eml).unwrap();
    (raw, message)
}

/// The raw bytes behind the first `word` of a passage.
fn raw_of(raw: &[u8], passage: &Passage, word: &str) -> String {
    let at = passage.text.find(word).unwrap();
    let place = passage.map.to_source(Span::new(at, at + word.len()));
    String::from_utf8_lossy(&raw[place.range()]).into_owned()
}

#[test]
fn every_mail_is_read_exactly() {
    for (path, raw) in mails() {
        let message = Message::read(&raw, Kind::Eml).unwrap();
        assert!(!message.bodies.is_empty(), "{}", path.display());
        for passage in message.bodies.iter().chain(&message.subject) {
            assert!(passage.exact, "{}", path.display());
            assert_eq!(passage.map.len(), passage.text.len(), "{}", path.display());
            assert!(!passage.text.contains('\u{fffd}'), "{}", path.display());
        }
    }
}

#[test]
fn every_ascii_word_is_found_in_the_raw_bytes_it_leads_to() {
    for (path, raw) in mails() {
        let message = Message::read(&raw, Kind::Eml).unwrap();
        let mut seen = 0;
        for passage in message.bodies.iter().chain(&message.subject) {
            for word in passage.text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w.len() > 1) {
                let at = word.as_ptr() as usize - passage.text.as_ptr() as usize;
                let place = passage.map.to_source(Span::new(at, at + word.len()));
                let found = plain(&raw, place);
                assert!(found.contains(word), "{}: {word:?} leads to {found:?}", path.display());
                seen += 1;
            }
        }
        assert!(seen > 5, "{}", path.display());
    }
}

/// What a raw place says once soft breaks, tags, zero bytes and base64 are undone.
fn plain(raw: &[u8], place: Span) -> String {
    let raw_text = &raw[place.range()];
    let joined = Transfer::QuotedPrintable.decode(raw_text).0.into_owned();
    let mut out = String::from_utf8_lossy(&joined).into_owned();
    let mut untagged = String::new();
    let mut inside = false;
    for c in out.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => untagged.push(c),
            _ => {}
        }
    }
    out.push('\n');
    out.push_str(&untagged);
    // Words that a soft break of format=flowed with delsp cut.
    out.push('\n');
    out.push_str(&untagged.replace([' ', '\r', '\n'], ""));
    // Base64: whole groups around the place.
    let line = raw[..place.start as usize].iter().rposition(|b| matches!(b, b'\n' | b'?')).map_or(0, |n| n + 1);
    let start = line + (place.start as usize - line) / 4 * 4;
    let end = raw.len().min(place.end as usize + 3);
    let bytes = Transfer::Base64.decode(&raw[start..end]).0.into_owned();
    out.push('\n');
    out.push_str(&String::from_utf8_lossy(&bytes).replace('\0', ""));
    // Encoded words are one unit.
    out.push('\n');
    out.push_str(&tonelint::decode::encoded_word::decode(raw_text).text);
    out
}

#[test]
fn our_text_is_the_text_of_mail_parser() {
    let parser = mail_parser::MessageParser::default();
    for (path, raw) in mails() {
        let parsed = parser.parse(&raw).unwrap();
        for part in &parsed.parts {
            let (mail_parser::PartType::Text(theirs) | mail_parser::PartType::Html(theirs)) = &part.body else {
                continue;
            };
            if part.is_encoding_problem || theirs.contains('\u{fffd}') {
                continue;
            }
            use mail_parser::MimeHeaders;
            let transfer = Transfer::named(part.content_transfer_encoding().unwrap_or("")).unwrap();
            let body = &raw[part.offset_body as usize..part.offset_end as usize];
            let label = part.content_type().and_then(|ct| ct.attribute("charset"));
            let ours = tonelint::decode::charset::decode(&transfer.decode(body).0, label).text;
            let same = |text: &str| text.replace('\r', "").trim_end().to_owned();
            assert_eq!(same(&ours), same(theirs), "{}", path.display());
        }
    }
}

#[test]
fn a_word_cut_by_tags_and_soft_breaks_keeps_its_raw_place() {
    let (raw, message) = read("html-only.eml");
    assert_eq!(raw_of(&raw, &message.bodies[0], "should"), "sh</b><b>ould");
    assert!(!message.bodies[0].text.contains("About your parcel"));
    assert!(!message.bodies[0].text.contains("must not read"));
    assert!(message.bodies[0].text.contains("\n\n- Keep the box & the foam.\n- Tell us"));
    let (raw, message) = read("truncated-multipart.eml");
    assert_eq!(raw_of(&raw, &message.bodies[0], "before"), "be=\nfore");
    assert!(message.notices[0].contains("cut off"));
}

#[test]
fn one_alternative_is_read() {
    for (name, part) in [
        ("alternative-gmail.eml", "text/plain"),
        ("alternative-outlook.eml", "text/plain"),
        ("alternative-apple-mail.eml", "text/plain"),
        ("different-alternatives.eml", "text/html"),
    ] {
        let (_, message) = read(name);
        let parts: Vec<&str> = message.bodies.iter().map(|b| b.part.as_str()).collect();
        assert_eq!(parts, [part], "{name}");
    }
}

#[test]
fn attachments_are_not_words_and_attached_mails_are_evidence() {
    let (_, message) = read("mixed-attachment.eml");
    assert_eq!(message.bodies.len(), 1);
    assert!(!message.bodies[0].text.contains("stupid"));
    let (raw, message) = read("nested-forward.eml");
    assert_eq!(message.bodies.len(), 1);
    let attached = &message.attached[0];
    assert_eq!(attached.headers.subject.as_deref(), Some("Encore un problème"));
    assert_eq!(attached.headers.from[0].address.as_deref(), Some("luc@atelier-marchand.example"));
    assert_eq!(raw_of(&raw, &attached.bodies[0], "déjà"), "d=E9j=E0");
}

#[test]
fn an_attached_mail_that_is_encoded_keeps_its_places() {
    for (name, body, found) in [
        ("base64", "U3ViamVjdDogeAoKWW91IHNob3VsZCB3YWl0Lgo=", "Nob3VsZ"),
        ("quoted-printable", "Subject: x=0A=\n=0AYou sh=\nould wait.", "sh=\nould"),
    ] {
        for kind in ["Content-Type: message/rfc822\n", ""] {
            let raw = format!(
                "From: a@b.example\nContent-Type: multipart/digest; boundary=x\n\n--x\n{kind}Content-Transfer-Encoding: {name}\n\n{body}\n--x--\n"
            );
            let message = Message::read(raw.as_bytes(), Kind::Eml).unwrap();
            let inner = &message.attached[0].bodies[0];
            assert!(raw_of(raw.as_bytes(), inner, "should").contains(found), "{raw}");
        }
    }
}

#[test]
fn headers_are_decoded() {
    let (raw, message) = read("emoji-subject.eml");
    let subject = message.subject.as_ref().unwrap();
    assert_eq!(subject.text, "Re: Your export is ready 🎉 (you should check it)");
    assert_eq!(raw_of(&raw, subject, "should"), "=?UTF-8?Q?_(you_should_check_it)?=");
    let date = message.headers.date.unwrap();
    assert_eq!((date.timestamp, date.offset_minutes), (1_717_407_069, 60));
    assert_eq!(message.headers.message_id.as_deref(), Some("r21@dataferry.example"));
    let (_, message) = read("html-thunderbird.eml");
    assert_eq!(message.headers.to[0].name.as_deref(), Some("Marko Kovač"));
    assert_eq!(message.headers.references, ["m13@kovac.example"]);
}

#[test]
fn flowed_lines_are_joined() {
    let (raw, message) = read("flowed-delsp.eml");
    assert_eq!(raw_of(&raw, &message.bodies[0], "unfair"), "unfai \nr");
    let (_, message) = read("flowed-thunderbird.eml");
    assert!(message.bodies[0].text.contains("> I was charged for two nights but stayed only one."));
}

#[test]
fn a_byte_order_mark_and_an_mbox_line_shift_nothing() {
    let (raw, message) = read("mbox-line.eml");
    assert_eq!(raw_of(&raw, &message.bodies[0], "should"), "should");
    let marked = [b"\xef\xbb\xbf".as_slice(), &raw].concat();
    let message = Message::read(&marked, Kind::Eml).unwrap();
    assert_eq!(raw_of(&marked, &message.bodies[0], "should"), "should");
    let text = String::from_utf8(raw).unwrap();
    let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let message = Message::read(&wide, Kind::Eml).unwrap();
    assert_eq!(raw_of(&wide, &message.bodies[0], "should"), "s\0h\0o\0u\0l\0d\0");
}

#[test]
fn a_part_in_utf_16_is_read_in_its_own_byte_order() {
    // "You should wait, Ada.", the high byte first.
    let body = "AFkAbwB1ACAAcwBoAG8AdQBsAGQAIAB3AGEAaQB0ACwAIABBAGQAYQAu";
    for label in ["", "; charset=utf-16", "; charset=utf-16le", "; charset=utf-16be"] {
        let mail = format!(
            "From: a@b.example\nContent-Type: text/plain{label}\nContent-Transfer-Encoding: base64\n\n{body}\n"
        );
        let message = Message::read(mail.as_bytes(), Kind::Eml).unwrap();
        let passage = &message.bodies[0];
        assert!(passage.exact && passage.text == "You should wait, Ada.", "{label}: {}", passage.text);
    }
}

#[test]
fn what_nobody_can_read_is_an_error() {
    let error = |raw: &str| Message::read(raw.as_bytes(), Kind::Eml).unwrap_err().to_string();
    let encrypted = "From: a@b.example\nContent-Type: multipart/encrypted; boundary=x\n\n--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--x--\n";
    assert!(error(encrypted).contains("encrypted (PGP)"));
    let smime = "From: a@b.example\nContent-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIAG\n";
    assert!(error(smime).contains("S/MIME"));
    let armour = "From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n";
    assert!(error(armour).contains("PGP"));
    let picture = "From: a@b.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBO\n";
    assert!(error(picture).contains("image/png"));
    assert!(Message::read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", Kind::Eml).is_err());
}

#[test]
fn an_empty_mail_is_a_message_without_words() {
    for raw in ["", "From: a@b.example\n", "From: a@b.example\nSubject: x\n\n"] {
        let message = Message::read(raw.as_bytes(), Kind::Eml).unwrap();
        assert!(message.bodies.iter().all(|b| b.text.trim().is_empty()));
    }
}

#[test]
fn thousands_of_nested_mails_do_not_overflow_the_stack() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(20_000) + "From: a@b.example\n\nx";
    let message = Message::read(nested.as_bytes(), Kind::Eml).unwrap();
    assert_eq!(message.bodies.len(), 0);
    let escaped = nested.replace('=', "=3D");
    let encoded = format!(
        "From: a@b.example\nContent-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n{escaped}"
    );
    let message = Message::read(encoded.as_bytes(), Kind::Eml).unwrap();
    assert_eq!(message.attached.len(), 1);
}

/// The texts of the parts of a mail with `type_line` as its type, and its notices.
fn parts_of(type_line: &str, parts: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
    let body: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
    let raw = format!("From: a@b.example\nContent-Type: {type_line}; boundary=b\n\n{body}--b--\n");
    let message = Message::read(raw.as_bytes(), Kind::Eml).map_err(|error| error.to_string())?;
    Ok((message.bodies.iter().map(|body| body.text.trim().to_owned()).collect(), message.notices))
}

#[test]
fn the_root_of_a_related_part_is_the_one_that_start_names() {
    let parts = ["Content-ID: <1@x>\n\nnote", "Content-ID: <2@x>\n\nYou forgot.", "Content-ID: <3@x>\n\nx"];
    for (type_line, shown) in [
        ("multipart/related; start=\"<2@x>\"", "You forgot."),
        ("multipart/related; start=2@x", "You forgot."),
        ("multipart/related; start=\"<9@x>\"", "note"),
        ("multipart/related", "note"),
    ] {
        assert_eq!(parts_of(type_line, &parts).unwrap().0, [shown], "{type_line}");
    }
}

#[test]
fn a_text_part_is_a_file_by_its_disposition_not_by_a_name() {
    let inline = "Content-Type: text/plain; name=a.txt\nContent-Disposition: inline; filename=a.txt\n\nYou forgot.";
    let named = "Content-Type: text/plain; name=b.txt\n\nIt is unfair.";
    let file = "Content-Disposition: attachment\n\nA log.";
    let table = "Content-Type: text/csv\n\na,b";
    let (texts, notices) = parts_of("multipart/mixed", &["\nHi.", inline, named, file, table]).unwrap();
    assert_eq!(texts, ["Hi.", "You forgot.", "It is unfair."]);
    assert_eq!(notices, ["a text/csv part was not read"]);
}

#[test]
fn a_transfer_encoding_that_is_not_known_is_an_error() {
    let odd = "Content-Transfer-Encoding: x-uuencode\n\nbegin 644 a\n";
    let torn = "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\nWW91IGZvcmdvdC4=\n";
    let file = "Content-Disposition: attachment\nContent-Transfer-Encoding: x-gzip\n\nx";
    for part in [odd, torn] {
        let error = parts_of("multipart/alternative", &["\nHi.", part]).unwrap_err();
        assert!(error.contains("encoded as `"), "{error}");
    }
    assert_eq!(parts_of("multipart/mixed", &["\nHi.", file]).unwrap().0, ["Hi."]);
}

#[test]
fn a_part_that_is_no_text_as_it_is_labelled_is_an_error() {
    let head = "From: a@b.example\nMIME-Version: 1.0\n";
    for (fields, body) in [
        ("", &b"You for\0got."[..]),
        ("Content-Transfer-Encoding: quoted-printable\n", b"You for=00got."),
        ("Content-Type: text/plain; charset=ibm037\n", b"\xe8\x96\xa4\x40\x86\x96\x99\x87\x96\xa3\x4b"),
        ("Content-Type: text/plain; charset=utf-32\n", b"Y\0\0\0o\0\0\0u\0\0\0"),
        ("Content-Transfer-Encoding: base64\n", b"You forgot the form, and it is not fair!"),
        ("Content-Transfer-Encoding: base64\n", b"SGkgQW5uYSw=\n\nYou forgot the form\n"),
    ] {
        let raw = [head.as_bytes(), fields.as_bytes(), b"\n", body].concat();
        let error = Message::read(&raw, Kind::Eml).unwrap_err().to_string();
        assert!(error.contains("is no text when it is read as"), "{fields}: {error}");
    }
    let scratched = format!("{head}Content-Transfer-Encoding: base64\n\n{}!\n", "WW91IGZvcmdvdC4g".repeat(5));
    assert!(Message::read(scratched.as_bytes(), Kind::Eml).unwrap().bodies[0].text.starts_with("You forgot."));
}

#[test]
fn words_among_the_header_fields_are_an_error() {
    for (raw, line) in [
        ("From: a@b.example\nSubject: x\nYou forgot the form.\n", 3),
        ("From: a@b.example\nSubject: x\nYou should note: it is unfair.\n\nRegards\n", 3),
        ("From me Mon\nFrom: a@b.example\r\nSubject: x\r\nYou forgot.\r\n\r\nRegards\r\n", 4),
        ("From: a@b.example\rSubject: x\r\rYou forgot the form.\r", 1),
    ] {
        let error = Message::read(raw.as_bytes(), Kind::Eml).unwrap_err().to_string();
        assert!(error.starts_with(&format!("line {line} stands in the header")), "{raw}: {error}");
    }
    let odd = "\u{feff}From: a@b.example\r\n>From me Mon\r\nX-Odd : y\r\nSubject: x\r\n\tand y\r\n\r\nHi\r\n";
    assert_eq!(Message::read(odd.as_bytes(), Kind::Eml).unwrap().bodies[0].text.trim(), "Hi");
}

#[test]
fn words_nested_too_deeply_to_be_read_are_an_error() {
    let part = |n: usize| format!("Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n");
    let raw: String = (0..5_000).map(part).collect();
    let error = Message::read((raw + "\nx").as_bytes(), Kind::Eml).unwrap_err();
    assert!(error.to_string().contains("nested too deeply"));
    // Words beside them make nothing of it read.
    let raw: String = (0..60).map(part).collect();
    let error = parts_of("multipart/mixed", &["\nHi.", &(raw + "\nYou forgot.")]).unwrap_err();
    assert!(error.contains("nested too deeply"));
}
