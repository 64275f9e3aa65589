//! Names that are made of others.

/// The name of a function about a type: exported if the type is.
pub(crate) fn function(prefix: &str, name: &str) -> String {
    let exported = name.chars().next().is_some_and(char::is_uppercase);
    let name = upper_first(name);
    if exported {
        format!("{prefix}{name}")
    } else {
        format!("{}{name}", prefix.to_lowercase())
    }
}

/// The name with an upper-case first letter.
pub(crate) fn upper_first(name: &str) -> String {
    let mut chars = name.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// A Go method name in snake case: `ExecuteBlock` becomes `execute_block`, `AccountID` becomes `account_id`, and
/// `APIVersions` becomes `api_versions`.
pub(crate) fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, &c) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(index + 1);
        let starts_word = c.is_uppercase()
            && before.is_some_and(|before| {
                before != '_' && (!before.is_uppercase() || after.is_some_and(|a| a.is_lowercase()))
            });
        if starts_word {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snake_case_keeps_acronyms_together() {
        for (name, want) in [
            ("Version", "version"),
            ("ExecuteBlock", "execute_block"),
            ("AccountID", "account_id"),
            ("APIVersions", "api_versions"),
            ("MetadataAtVersion", "metadata_at_version"),
            ("Blake2b256Of", "blake2b256_of"),
            ("X", "x"),
            ("Already_Snake", "already_snake"),
        ] {
            assert_eq!(snake_case(name), want);
        }
    }

    #[test]
    fn functions_are_exported_as_their_types_are() {
        assert_eq!(function("Append", "Call"), "AppendCall");
        assert_eq!(function("Append", "call"), "appendCall");
    }
}
