//! What stands inside a tag → what the tag does.

use super::Role;

/// The keyword of a `{% … %}` tag.
pub(super) fn keyword(inside: &str) -> &str {
    let code = inside.trim_start_matches(['-', '~', '+']).trim_start();
    &code[..code.len() - code.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len()]
}

/// Liquid, Jinja, Twig, Nunjucks; and Help Scout, whose tags put out a field of an object.
pub(super) fn percent_braces(inside: &str) -> Role<'_> {
    let word = keyword(inside);
    let code = inside.trim_start_matches(['-', '~', '+']).trim_start();
    match word {
        _ if code[word.len()..].starts_with('.') => Role::Output,
        "if" | "unless" | "ifequal" | "ifnotequal" | "ifchanged" | "case" | "switch" | "for" | "foreach"
        | "tablerow" | "while" => Role::Open(word),
        "else" | "elsif" | "elif" | "elseif" | "when" => Role::Middle,
        _ => match word.strip_prefix("end") {
            Some(name) if !name.is_empty() => Role::Close(name),
            _ => Role::Hidden,
        },
    }
}

/// Handlebars, Mustache and Go; whatever does not steer is put out.
pub(super) fn double_braces(inside: &str) -> Role<'_> {
    let code = inside.trim_matches(|c: char| matches!(c, '~' | '-') || c.is_whitespace());
    let name = |block: &str| block.split_whitespace().next().map_or(0, str::len);
    if let Some(block) = code.strip_prefix('#') {
        let block = block.trim_start_matches(['*', '>']).trim_start();
        return Role::Open(&block[..name(block)]);
    }
    if let Some(block) = code.strip_prefix('/') {
        let block = block.trim_start();
        return Role::Close(&block[..name(block)]);
    }
    if let Some(block) = code.strip_prefix('^') {
        let block = block.trim_start();
        return if block.is_empty() { Role::Middle } else { Role::Inverted(&block[..name(block)]) };
    }
    match () {
        () if code.starts_with(['!', '>']) => Role::Hidden,
        () if is_first_word(code, "else") => Role::Middle,
        () if code == "end" => Role::Close(""),
        () if ["if ", "range ", "with "].iter().any(|word| code.starts_with(word)) => Role::Open(""),
        () => Role::Output,
    }
}

/// ERB and EJS.
pub(super) fn embedded(inside: &str) -> Role<'_> {
    if inside.starts_with('=') {
        return Role::Output;
    }
    if inside.starts_with('#') {
        return Role::Hidden;
    }
    let code = inside.trim_matches(|c: char| matches!(c, '-' | '_') || c.is_whitespace());
    let begins = |words: &[&str]| words.iter().any(|word| is_first_word(code, word));
    match () {
        () if begins(&["else", "elsif", "when"]) || (code.starts_with('}') && code.contains("else")) => Role::Middle,
        () if begins(&["end"]) || code.starts_with('}') => Role::Close(""),
        // "if x then y end" on one line.
        () if code.ends_with(" end") => Role::Hidden,
        () if begins(&["if", "unless", "case", "while", "until", "for"]) => Role::Open(""),
        () if code.ends_with(" do") || code.contains(" do |") || code.ends_with('{') => Role::Open(""),
        // EJS puts out with `<%-` what ERB only trims with it.
        () if inside.starts_with('-') => Role::Output,
        () => Role::Hidden,
    }
}

/// Mailchimp: names in capitals, or nothing of it.
pub(super) fn mailchimp(inside: &str) -> Option<Role<'_>> {
    let named = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | ':' | '-');
    if !inside.starts_with(named) {
        return None;
    }
    Some(match inside.split(':').next()? {
        "IF" | "IFNOT" => Role::Open(""),
        "ELSE" | "ELSEIF" => Role::Middle,
        "END" => Role::Close(""),
        _ => Role::Output,
    })
}

/// Whether `code` begins with `word` and not with a longer one.
fn is_first_word(code: &str, word: &str) -> bool {
    code.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.')))
}
