//! The `h1:` checksum of a set of files, as in `go.sum` and the public checksum database.
//!
//! Source of the rule: *Go Modules Reference*, section *go.sum files*: SHA-256 over lines of the form
//! `HEX  NAME\n`, one for each file in the order of names, HEX being the SHA-256 of the file.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The name of a file, `module@version/path`, and the SHA-256 of its content.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct FileHash {
    /// The name.
    pub name: String,
    /// The hash.
    pub sha256: [u8; 32],
}

impl FileHash {
    /// Hashes a file's content.
    pub fn new(name: impl Into<String>, content: &[u8]) -> Self {
        Self {
            name: name.into(),
            sha256: Sha256::digest(content).into(),
        }
    }
}

/// The checksum of a set of files, given in any order.
pub fn hash1(mut files: Vec<FileHash>) -> String {
    files.sort();
    let mut lines = String::new();
    for file in &files {
        for byte in file.sha256 {
            // Writing to a string cannot fail.
            _ = write!(lines, "{byte:02x}");
        }
        lines.push_str("  ");
        lines.push_str(&file.name);
        lines.push('\n');
    }
    format!("h1:{}", STANDARD.encode(Sha256::digest(lines.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_given_does_not_matter() {
        // The go.mod line of golang.org/toolchain in the checksum database.
        let go_mod = FileHash::new("go.mod", b"module golang.org/toolchain\n");
        assert_eq!(
            hash1(vec![go_mod]),
            "h1:8wlg68NqwW7eMnI1aABk/C2pDYXj8mrMY4TyRfiLeS0="
        );
        let a = FileHash::new("a", b"1");
        let b = FileHash::new("b", b"2");
        assert_eq!(hash1(vec![a.clone(), b.clone()]), hash1(vec![b, a]));
    }
}
