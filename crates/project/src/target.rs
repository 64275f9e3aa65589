//! What a build is for: operating system, architecture and the build tags that follow from them.
//!
//! Source of the rules: `go help buildconstraint` for tags and file names, the release's `internal/buildcfg`
//! for the experiments that are on by default, `internal/syslist` for the known systems.

use std::collections::BTreeSet;

use crate::constraint::Expr;
use crate::error::{ErrorKind, ProjectError};
use crate::release::RELEASE;

/// Systems that a file name may end in.
const KNOWN_OS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];

/// Architectures that a file name may end in.
const KNOWN_ARCH: &[&str] = &[
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "arm64",
    "arm64be",
    "armbe",
    "loong64",
    "mips",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "mipsle",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv",
    "riscv64",
    "s390",
    "s390x",
    "sparc",
    "sparc64",
    "wasm",
];

/// Systems for which the tag `unix` is set.
const UNIX_OS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "linux",
    "netbsd",
    "openbsd",
    "solaris",
];

/// The systems that the Go release knows, each with its architectures.
const PLATFORMS: &[(&str, &[&str])] = &[
    ("aix", &["ppc64"]),
    ("android", &["386", "amd64", "arm", "arm64"]),
    ("darwin", &["amd64", "arm64"]),
    ("dragonfly", &["amd64"]),
    ("freebsd", &["386", "amd64", "arm", "arm64", "riscv64"]),
    ("illumos", &["amd64"]),
    ("ios", &["amd64", "arm64"]),
    ("js", &["wasm"]),
    (
        "linux",
        &[
            "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle",
            "ppc64", "ppc64le", "riscv64", "s390x", "sparc64",
        ],
    ),
    ("netbsd", &["386", "amd64", "arm", "arm64"]),
    (
        "openbsd",
        &["386", "amd64", "arm", "arm64", "mips64", "ppc64", "riscv64"],
    ),
    ("plan9", &["386", "amd64", "arm"]),
    ("solaris", &["amd64"]),
    ("wasip1", &["wasm"]),
    ("windows", &["386", "amd64", "arm64"]),
];

/// A system, an architecture and the set of build tags.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    goos: String,
    goarch: String,
    /// Every tag that is set. Sorted, so that it can be hashed and shown.
    tags: BTreeSet<String>,
    polkago: bool,
}

impl Target {
    /// The target of this compiler under one of its ABI profiles: `wasip1/wasm` with 4-byte words. std takes
    /// its portable code (`purego`, `math_big_pure_go`); user code may ask for `polkago` or for the profile.
    pub fn polkago(profile: &str) -> Self {
        let mut target = Self::platform("wasip1", "wasm");
        target.polkago = true;
        for tag in ["polkago", "purego", "math_big_pure_go", profile] {
            target.tags.insert(tag.to_string());
        }
        target
    }

    /// The target of the official compiler for a system and an architecture, as users name them.
    ///
    /// # Errors
    /// Where the Go release knows no such pair, in the words of the `go` command.
    pub fn named(goos: &str, goarch: &str) -> Result<Self, ProjectError> {
        let known = PLATFORMS
            .iter()
            .any(|(os, architectures)| *os == goos && architectures.contains(&goarch));
        if known {
            return Ok(Self::official(goos, goarch));
        }
        let message = format!("unsupported GOOS/GOARCH pair {goos}/{goarch}");
        Err(ProjectError::new(ErrorKind::Target, message)
            .with_help("for example: --goos linux --goarch amd64"))
    }

    /// The target of the official compiler for a system and an architecture, cgo off. It is there to check
    /// the front end against the official one; no code is made for it.
    pub fn official(goos: &str, goarch: &str) -> Self {
        let mut target = Self::platform(goos, goarch);
        target.tags.extend(
            architecture_features(goarch)
                .iter()
                .map(|feature| format!("{goarch}.{feature}")),
        );
        target
    }

    fn platform(goos: &str, goarch: &str) -> Self {
        // std needs one of `gc` and `gccgo`; only the former stands for compilers that read its sources.
        let mut tags: BTreeSet<String> = [goos, goarch, "gc"].map(String::from).into();
        match goos {
            "android" => _ = tags.insert("linux".to_string()),
            "illumos" => _ = tags.insert("solaris".to_string()),
            "ios" => _ = tags.insert("darwin".to_string()),
            _ => {}
        }
        if UNIX_OS.contains(&goos) {
            tags.insert("unix".to_string());
        }
        for minor in 1..=RELEASE.minor {
            tags.insert(format!("go1.{minor}"));
        }
        for experiment in default_experiments(goos, goarch) {
            tags.insert(format!("goexperiment.{experiment}"));
        }
        Self {
            goos: goos.to_string(),
            goarch: goarch.to_string(),
            tags,
            polkago: false,
        }
    }

    /// Sets further tags, as with `-tags`.
    #[must_use]
    pub fn with_tags<'a>(mut self, tags: impl IntoIterator<Item = &'a str>) -> Self {
        self.tags.extend(
            tags.into_iter()
                .filter(|tag| !tag.is_empty())
                .map(String::from),
        );
        self
    }

    /// The system, `GOOS`.
    pub fn goos(&self) -> &str {
        &self.goos
    }

    /// The architecture, `GOARCH`.
    pub fn goarch(&self) -> &str {
        &self.goarch
    }

    /// Whether this is a target of this compiler, so that the embedded runtime and overlay take the place of
    /// std's own.
    pub fn is_polkago(&self) -> bool {
        self.polkago
    }

    /// The size of `int`, `uintptr` and pointers in bytes.
    pub fn word_bytes(&self) -> u64 {
        match self.goarch.as_str() {
            // The official compiler takes 8-byte words for Wasm, this one 4-byte words.
            "wasm" if !self.polkago => 8,
            "386" | "arm" | "mips" | "mipsle" | "wasm" => 4,
            _ => 8,
        }
    }

    /// The largest alignment of a basic type in bytes.
    pub fn max_align(&self) -> u64 {
        match self.goarch.as_str() {
            "386" | "arm" | "mips" | "mipsle" => 4,
            _ => 8,
        }
    }

    /// Every tag that is set, sorted.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.iter().map(String::as_str)
    }

    /// Whether a build tag is set.
    pub fn has_tag(&self, tag: &str) -> bool {
        // The old name of the experiment.
        let tag = if tag == "boringcrypto" {
            "goexperiment.boringcrypto"
        } else {
            tag
        };
        self.tags.contains(tag)
    }

    /// Whether a build constraint holds.
    pub fn satisfies(&self, constraint: &Expr) -> bool {
        constraint.eval(&|tag| self.has_tag(tag))
    }

    /// Whether a file belongs to the target as far as its name says: `name_GOOS.go`, `name_GOARCH.go`,
    /// `name_GOOS_GOARCH.go`, each with `_test` after it or without. The part before the first `_` never
    /// counts, so `linux.go` belongs to all.
    pub fn matches_file_name(&self, name: &str) -> bool {
        let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
        let Some((_, suffix)) = stem.split_once('_') else {
            return true;
        };
        let mut parts = suffix.rsplit('_').peekable();
        parts.next_if_eq(&"test");
        let Some(last) = parts.next() else {
            return true;
        };
        if KNOWN_ARCH.contains(&last)
            && let Some(os) = parts.next()
            && KNOWN_OS.contains(&os)
        {
            return self.has_tag(last) && self.has_tag(os);
        }
        if KNOWN_OS.contains(&last) || KNOWN_ARCH.contains(&last) {
            return self.has_tag(last);
        }
        true
    }
}

/// The feature levels of an architecture at its default setting; the tag is `GOARCH.level`.
fn architecture_features(goarch: &str) -> &'static [&'static str] {
    match goarch {
        "386" => &["sse2"],
        "amd64" => &["v1"],
        "arm" => &["5", "6", "7"],
        "arm64" => &["v8.0"],
        "mips" | "mipsle" | "mips64" | "mips64le" => &["hardfloat"],
        "ppc64" | "ppc64le" => &["power8"],
        "riscv64" => &["rva20u64"],
        "wasm" => &["satconv", "signext"],
        _ => &[],
    }
}

/// The experiments that Go 1.26 switches on by default for a platform.
fn default_experiments(goos: &str, goarch: &str) -> Vec<&'static str> {
    let mut on = vec!["greenteagc", "randomizedheapbase64"];
    if !matches!(goos, "darwin" | "ios" | "aix") {
        on.push("dwarf5");
    }
    if matches!(
        goarch,
        "amd64" | "arm64" | "loong64" | "ppc64" | "ppc64le" | "riscv64" | "s390x"
    ) {
        on.extend(["regabiargs", "regabiwrappers"]);
    }
    on
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_select_platforms() {
        let wasm = Target::polkago("polkadot");
        let linux = Target::official("linux", "amd64");
        for (name, on_wasm, on_linux) in [
            ("a.go", true, true),
            ("linux.go", true, true),
            ("wasm.go", true, true),
            ("a_linux.go", false, true),
            ("a_linux_test.go", false, true),
            ("a_wasm.go", true, false),
            ("a_wasip1.go", true, false),
            ("a_wasip1_wasm.go", true, false),
            ("a_js_wasm.go", false, false),
            ("a_linux_amd64.go", false, true),
            ("a_linux_wasm.go", false, false),
            ("a_amd64_linux.go", false, true),
            ("a_linux_foo.go", true, true),
            ("_linux.go", false, true),
            ("a_linux.pb.go", false, true),
            ("a_test.go", true, true),
            ("a_unix.go", true, true),
            ("a_.go", true, true),
        ] {
            assert_eq!(wasm.matches_file_name(name), on_wasm, "{name} on wasm");
            assert_eq!(linux.matches_file_name(name), on_linux, "{name} on linux");
        }
    }

    #[test]
    fn tags_follow_from_the_platform() {
        let wasm = Target::polkago("polkadot");
        for tag in [
            "polkago",
            "polkadot",
            "purego",
            "math_big_pure_go",
            "gc",
            "go1.26",
            "wasip1",
            "wasm",
        ] {
            assert!(wasm.has_tag(tag), "{tag}");
        }
        for tag in [
            "cgo",
            "unix",
            "linux",
            "compiler_bootstrap",
            "go1.27",
            "goexperiment.jsonv2",
            "gccgo",
            "race",
        ] {
            assert!(!wasm.has_tag(tag), "{tag}");
        }
        let linux = Target::official("linux", "amd64").with_tags(["extra", ""]);
        for tag in ["unix", "amd64.v1", "goexperiment.regabiargs", "extra"] {
            assert!(linux.has_tag(tag), "{tag}");
        }
        assert!(Target::official("ios", "arm64").has_tag("darwin"));
        assert!(Target::official("linux", "mipsle").has_tag("mipsle.hardfloat"));
        assert!(Target::official("linux", "ppc64le").has_tag("ppc64le.power8"));
    }

    #[test]
    fn platforms_have_word_sizes() {
        for (goos, goarch, word, align) in [
            ("linux", "amd64", 8, 8),
            ("linux", "386", 4, 4),
            ("linux", "arm", 4, 4),
            ("js", "wasm", 8, 8),
            ("darwin", "arm64", 8, 8),
        ] {
            let target = Target::named(goos, goarch).expect("known");
            assert_eq!((target.word_bytes(), target.max_align()), (word, align));
        }
        let ours = Target::polkago("polkadot");
        assert_eq!((ours.word_bytes(), ours.max_align()), (4, 8));
        let error = Target::named("linux", "wasm").expect_err("no such pair");
        assert_eq!(error.message, "unsupported GOOS/GOARCH pair linux/wasm");
    }
}
