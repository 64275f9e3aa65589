//! The file of official results, `tests/official/run.txt`: a line that names the release and platform, then a line for
//! each program, sorted.
//!
//! ```text
//! go1.26.8 linux/386
//! 235.go # exit 0
//! append.go # exit 0, "done\n"
//! ken/string.go # exit 0, 1204 bytes 5f2a...
//! sigchld.go # exit 0, output varies
//! x.go # refused: undefined: y
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::program::Ended;
use crate::exec;

/// The platform whose results are recorded.
const PLATFORM: &str = "linux/386";

/// Outputs up to this many bytes stand in the file; of longer ones there is a hash.
const SHORT: usize = 100;

/// The official results.
#[derive(PartialEq, Eq, Debug)]
pub struct Results {
    /// The release that they are of, such as `go1.26.8`.
    pub release: String,
    /// They, by program.
    pub programs: BTreeMap<String, Official>,
}

/// What came of a program with the official compiler.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Official {
    /// It ended so.
    Ended(i32, Output),
    /// It ended so, with another output each time.
    Varies(i32),
    /// It was not compiled, or did not end of itself.
    Refused(String),
}

/// What a program printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// This.
    Text(String),
    /// Something long: the number of bytes and the beginning of their BLAKE3 hash.
    Hash(usize, String),
}

impl From<String> for Output {
    fn from(text: String) -> Self {
        if text.len() <= SHORT {
            return Self::Text(text);
        }
        let hash = blake3::hash(text.as_bytes()).to_hex();
        Self::Hash(text.len(), hash[..32].to_owned())
    }
}

impl Official {
    /// Whether a program of ours did the same; the error says what not.
    pub fn judge(&self, got: &Ended) -> Result<(), String> {
        let code = match self {
            Self::Ended(code, _) | Self::Varies(code) => *code,
            Self::Refused(why) => return Err(format!("not officially: {why}")),
        };
        if got.code != code {
            let want = match code {
                0 => String::new(),
                code => format!(", not exit code {code}"),
            };
            return Err(format!("{}{want}", got.summary()));
        }
        let Self::Ended(_, want) = self else {
            return Ok(());
        };
        let output = Output::from(got.output.clone());
        match (want, &output) {
            _ if *want == output => Ok(()),
            (Output::Text(want), _) => {
                Err(format!("output: {}", exec::difference(want, &got.output)))
            }
            _ => Err(format!("output: {output}, not {want}")),
        }
    }
}

impl fmt::Display for Official {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended(code, Output::Text(text)) if text.is_empty() => write!(f, "exit {code}"),
            Self::Ended(code, output) => write!(f, "exit {code}, {output}"),
            Self::Varies(code) => write!(f, "exit {code}, output varies"),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // JSON has a form for every string, on one line.
            Self::Text(text) => f.write_str(&serde_json::Value::from(text.as_str()).to_string()),
            Self::Hash(bytes, hash) => write!(f, "{bytes} bytes {hash}"),
        }
    }
}

/// What a line says behind the program's name.
fn parse(text: &str) -> Option<Official> {
    if let Some(why) = text.strip_prefix("refused: ") {
        return Some(Official::Refused(why.to_owned()));
    }
    let rest = text.strip_prefix("exit ")?;
    let (code, output) = match rest.split_once(", ") {
        Some((code, output)) => (code, output),
        None => (rest, "\"\""),
    };
    let code = code.parse().ok()?;
    if output == "output varies" {
        return Some(Official::Varies(code));
    }
    let output = match output.split_once(" bytes ") {
        Some((bytes, hash)) if !output.starts_with('"') => {
            Output::Hash(bytes.parse().ok()?, hash.to_owned())
        }
        _ => Output::Text(serde_json::from_str(output).ok()?),
    };
    Some(Official::Ended(code, output))
}

fn path() -> PathBuf {
    crate::repository().join("tests/official/run.txt")
}

impl Results {
    /// Reads the file.
    ///
    /// # Errors
    /// Where it cannot be read, or a line has another form.
    pub fn read() -> Result<Self, String> {
        let path = path();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        Self::parse(&text).map_err(|line| format!("{}:{line}: no result", path.display()))
    }

    /// Reads the text of the file. The error is the number of the first bad line.
    fn parse(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines();
        let release = lines.next().and_then(|line| line.strip_suffix(PLATFORM));
        let release = release.ok_or(1_usize)?.trim().to_owned();
        let line = |(at, line): (usize, &str)| -> Result<(String, Official), usize> {
            let (name, rest) = line.split_once(" # ").ok_or(at + 2)?;
            Ok((name.to_owned(), parse(rest).ok_or(at + 2)?))
        };
        Ok(Self {
            release,
            programs: lines.enumerate().map(line).collect::<Result<_, _>>()?,
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn write(&self) -> Result<PathBuf, String> {
        let path = path();
        let fail = |error| format!("cannot write {}: {error}", path.display());
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        std::fs::write(&path, self.to_string()).map_err(fail)?;
        Ok(path)
    }
}

impl fmt::Display for Results {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {PLATFORM}", self.release)?;
        for (name, official) in &self.programs {
            writeln!(f, "{name} # {official}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_as_it_is_written() {
        let ended = |code, text: &str| Official::Ended(code, Output::from(text.to_owned()));
        let programs = [
            ("a.go", ended(0, "")),
            ("b.go", ended(2, "panic: \"x\" # 3 bytes 4\n")),
            ("c/d.go", ended(0, &"long\n".repeat(100))),
            ("e.go", Official::Varies(1)),
            ("f.go", Official::Refused("undefined: x".to_owned())),
        ];
        let results = Results {
            release: "go1.26.8".to_owned(),
            programs: programs.map(|(n, o)| (n.to_owned(), o)).into(),
        };
        let text = results.to_string();
        assert_eq!(Results::parse(&text), Ok(results), "{text}");
        assert_eq!(
            Results::parse("go1.26.8 linux/386\na.go # exit x\n"),
            Err(2)
        );
        assert_eq!(Results::parse("a.go # exit 0\n"), Err(1));
    }

    #[test]
    fn code_and_output_are_judged() {
        let ended = |code, output: &str| Ended::new(code, output.as_bytes());
        let official = Official::Ended(0, Output::from("a\n".to_owned()));
        assert_eq!(official.judge(&ended(0, "a\n")), Ok(()));
        assert_eq!(
            official.judge(&ended(0, "b\n")),
            Err(r#"output: line 1 is "b", not "a""#.to_owned())
        );
        assert_eq!(
            official.judge(&ended(2, "a\n")),
            Err("exit code 2: a".to_owned())
        );
        assert_eq!(Official::Varies(1).judge(&ended(1, "b\n")), Ok(()));
    }
}
