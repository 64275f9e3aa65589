//! Which texts are module paths and import paths.
//!
//! Source of the rule: *Go Modules Reference*, section *Module paths*; Go specification, *Import declarations*
//! (characters that an implementation may refuse). Error texts are those of the official command.

use std::path::Path;

/// Checks an import path the way the `go` command does before it looks for a package.
///
/// # Errors
/// The reason, without the path itself.
pub fn check_import_path(path: &str) -> Result<(), String> {
    check(path, false)
}

/// Checks the path of a module that others require: the first element must be a domain name.
///
/// # Errors
/// The reason, without the path itself.
pub fn check_module_path(path: &str) -> Result<(), String> {
    check(path, true)?;
    let first = path.split('/').next().unwrap_or(path);
    if !first.contains('.') {
        return Err("missing dot in first path element".to_string());
    }
    if first.starts_with('-') {
        return Err("leading dash in first path element".to_string());
    }
    let legal = |c: char| c == '-' || c == '.' || c.is_ascii_digit() || c.is_ascii_lowercase();
    if let Some(c) = first.chars().find(|&c| !legal(c)) {
        return Err(format!("invalid char {} in first path element", quote(c)));
    }
    if split_major(path).is_none() {
        return Err("invalid version".to_string());
    }
    Ok(())
}

fn check(path: &str, module: bool) -> Result<(), String> {
    if path.is_empty() {
        return Err("empty string".to_string());
    }
    if path.starts_with('-') {
        return Err("leading dash".to_string());
    }
    if path.contains("//") {
        return Err("double slash".to_string());
    }
    if path.ends_with('/') {
        return Err("trailing slash".to_string());
    }
    path.split('/')
        .try_for_each(|element| check_element(element, module))
}

fn check_element(element: &str, module: bool) -> Result<(), String> {
    if element.is_empty() {
        return Err("empty path element".to_string());
    }
    if element.bytes().all(|b| b == b'.') {
        return Err(format!("invalid path element {element:?}"));
    }
    if module && element.starts_with('.') {
        return Err("leading dot in path element".to_string());
    }
    if element.ends_with('.') {
        return Err("trailing dot in path element".to_string());
    }
    let legal = |c: char| c.is_ascii_alphanumeric() || "-._~".contains(c) || (!module && c == '+');
    if let Some(c) = element.chars().find(|&c| !legal(c)) {
        return Err(format!("invalid char {}", quote(c)));
    }
    let short = element.split_once('.').map_or(element, |(short, _)| short);
    if is_windows_reserved(short) {
        return Err(format!(
            "{short:?} disallowed as path element component on Windows"
        ));
    }
    Ok(())
}

/// A character in single quotes, as the official texts show it.
fn quote(c: char) -> String {
    format!("'{}'", c.escape_debug())
}

/// Names of devices, which no file may have on Windows.
fn is_windows_reserved(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(lower.as_str(), "con" | "prn" | "aux" | "nul")
        || matches!(
            lower.as_bytes(),
            [b'c', b'o', b'm', b'1'..=b'9'] | [b'l', b'p', b't', b'1'..=b'9']
        )
}

/// Cuts the major version suffix off a module path: `("example.com/m", "/v2")`. The second part is empty for
/// versions 0 and 1. `None` where the suffix is malformed.
pub fn split_major(path: &str) -> Option<(&str, &str)> {
    if path.starts_with("gopkg.in/") {
        // Every path there ends in .vN, also for versions 0 and 1.
        let (base, major) = path.rsplit_once(".v")?;
        let digits = major.strip_suffix("-unstable").unwrap_or(major);
        return is_major(digits, 0).then(|| path.split_at(base.len()));
    }
    let digits_start = path
        .trim_end_matches(|c: char| c.is_ascii_digit() || c == '.')
        .len();
    if digits_start == path.len() || !path[..digits_start].ends_with("/v") {
        return Some((path, ""));
    }
    is_major(&path[digits_start..], 2).then(|| path.split_at(digits_start - 2))
}

/// A number without superfluous zeros, not below `least`.
fn is_major(digits: &str, least: u64) -> bool {
    let number = digits
        .parse::<u64>()
        .ok()
        .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    number.is_some_and(|n| n >= least) && (digits == "0" || !digits.starts_with('0'))
}

/// Whether a path, or one of the folders it lies in, matches a pattern of a list with commas, as in `GOPRIVATE`:
/// `*` stands for any characters but slashes, `?` for one, `[a-z]` for one of some.
pub fn glob_list_matches(list: &str, path: &str) -> bool {
    list.split(',').map(str::trim).any(|pattern| {
        let pattern = pattern.trim_end_matches('/');
        if pattern.is_empty() {
            return false;
        }
        let depth = pattern.split('/').count();
        let elements: Vec<&str> = path.split('/').collect();
        elements.len() >= depth
            && pattern
                .split('/')
                .zip(&elements)
                .all(|(pattern, element)| glob(pattern.as_bytes(), element.as_bytes()))
    })
}

/// Whether a text without slashes matches a pattern; a malformed pattern matches nothing. The position after the
/// last star is tried again one byte later, so the time is bounded by the product of the lengths.
pub(crate) fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                p += 1;
                retry = Some((p, t));
                continue;
            }
            Some(b'[') => match class(&pattern[p + 1..], text[t]) {
                Some((true, length)) => {
                    p += 1 + length;
                    t += 1;
                    continue;
                }
                Some((false, _)) => {}
                None => return false,
            },
            Some(b'\\') if pattern.get(p + 1) == Some(&text[t]) => {
                p += 2;
                t += 1;
                continue;
            }
            Some(b'\\') | None => {}
            Some(&byte) if byte == b'?' || byte == text[t] => {
                p += 1;
                t += 1;
                continue;
            }
            Some(_) => {}
        }
        let Some((after_star, at)) = retry else {
            return false;
        };
        retry = Some((after_star, at + 1));
        (p, t) = (after_star, at + 1);
    }
    pattern[p..].iter().all(|&byte| byte == b'*')
}

/// Whether a byte is in a class, given what follows its bracket, and how long the class is with the closing one.
fn class(pattern: &[u8], byte: u8) -> Option<(bool, usize)> {
    let negated = pattern.first() == Some(&b'^');
    let mut at = usize::from(negated);
    let mut found = false;
    loop {
        let low = *pattern.get(at)?;
        if low == b']' && at > usize::from(negated) {
            return Some((found != negated, at + 1));
        }
        let high = match (pattern.get(at + 1), pattern.get(at + 2)) {
            (Some(b'-'), Some(&high)) if high != b']' => {
                at += 2;
                high
            }
            _ => low,
        };
        found |= (low..=high).contains(&byte);
        at += 1;
    }
}

/// Whether an import path can only mean the standard library: its first element has no dot.
pub fn is_std_like(path: &str) -> bool {
    !path.split('/').next().unwrap_or(path).contains('.')
}

/// Whether an import is written relative to the importing folder.
pub fn is_relative_import(path: &str) -> bool {
    matches!(path, "." | "..") || path.starts_with("./") || path.starts_with("../")
}

/// Whether the target of a `replace` is a folder rather than a module path.
pub fn is_directory_path(text: &str) -> bool {
    is_relative_import(text)
        || text.starts_with(".\\")
        || text.starts_with("..\\")
        || text.starts_with(['/', '\\'])
        || Path::new(text).is_absolute()
        || matches!(text.as_bytes(), [drive, b':', ..] if drive.is_ascii_alphabetic())
}

/// Whether a text holds characters that no import path may hold (Go specification, *Import declarations*).
pub fn has_illegal_import_char(path: &str) -> bool {
    const ILLEGAL: &str = "!\"#$%&'()*,:;<=>?[\\]^`{|}\u{fffd}";
    path.is_empty()
        || path
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || ILLEGAL.contains(c))
}

/// The folder above the last `internal` element of an import path; only code below it may import the path.
/// `None` for a path without such an element.
pub fn internal_parent(path: &str) -> Option<&str> {
    // The rightmost element decides.
    path.strip_suffix("/internal")
        .or_else(|| path.rfind("/internal/").map(|at| &path[..at]))
        .or_else(|| (path == "internal" || path.starts_with("internal/")).then_some(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_paths() {
        for (path, want) in [
            ("example.com/m", Ok(())),
            ("example.com/m/v2", Ok(())),
            ("gopkg.in/yaml.v3", Ok(())),
            ("m", Err("missing dot in first path element")),
            ("", Err("empty string")),
            (
                "Example.com/m",
                Err("invalid char 'E' in first path element"),
            ),
            ("example.com/m/v1", Err("invalid version")),
            ("example.com/m/v02", Err("invalid version")),
            ("gopkg.in/yaml", Err("invalid version")),
            ("example.com//m", Err("double slash")),
            ("example.com/m/", Err("trailing slash")),
            ("example.com/../m", Err("invalid path element \"..\"")),
            ("example.com/.m", Err("leading dot in path element")),
            ("example.com/a b", Err("invalid char ' '")),
            (
                "example.com/con.x",
                Err("\"con\" disallowed as path element component on Windows"),
            ),
        ] {
            assert_eq!(
                check_module_path(path),
                want.map_err(String::from),
                "{path}"
            );
        }
    }

    #[test]
    fn private_modules() {
        for (list, path, want) in [
            ("", "example.com/m", false),
            ("example.com", "example.com/m", true),
            ("example.com/m/x", "example.com/m", false),
            (
                "*.corp.example.com,other.org/a*",
                "git.corp.example.com/x/y",
                true,
            ),
            ("*.corp.example.com,other.org/a*", "other.org/abc/d", true),
            ("*.corp.example.com", "corp.example.com/x", false),
            ("ex?mple.[a-d]om", "example.com/m", true),
            ("ex?mple.[^a-d]om", "example.com/m", false),
            ("a[", "ab", false),
            ("*a*b*c", "xaxbxbxc", true),
        ] {
            assert_eq!(glob_list_matches(list, path), want, "{list} {path}");
        }
    }

    #[test]
    fn import_paths() {
        for good in [
            "fmt",
            "a/b",
            "x..y",
            "example.com/.hidden/c++",
            "golang.org/x/net",
        ] {
            assert_eq!(check_import_path(good), Ok(()), "{good}");
        }
        for bad in ["", "-a", "a/", "/abs", "a/../b", "a b", "a/é", "a@v1"] {
            assert!(check_import_path(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn internal_parents() {
        for (path, want) in [
            ("internal/abi", Some("")),
            ("internal", Some("")),
            ("a/internal/b", Some("a")),
            ("a/internal", Some("a")),
            ("a/internal/b/internal/c", Some("a/internal/b")),
            ("a/internal/b/internal", Some("a/internal/b")),
            ("internal/a/internal/b", Some("internal/a")),
            ("a/internals/b", None),
            ("a/b", None),
        ] {
            assert_eq!(internal_parent(path), want, "{path}");
        }
    }
}
