//! Unpacking a module archive: names checked, checksum verified, folder in place all at once or not at all.
//!
//! Source of the rule: *Go Modules Reference*, section *Module zip files*: every name starts with
//! `module@version/` and none may lead out of that folder.

use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use zip::ZipArchive;

use super::{FileHash, Progress, hash1};
use crate::error::{ErrorKind, ProjectError};
use crate::paths::{join_slash, to_slash};

/// Bounds on what an archive may unpack to, so that a hostile one cannot fill memory or disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Number of files.
    pub files: usize,
    /// Bytes of all files together, unpacked.
    pub bytes: u64,
}

/// Unpacks a module archive to the folder `to`, which must not exist yet or is left as it is.
///
/// Every name must start with `prefix`. `keep` is given the rest of each name and answers under which name the
/// file is written, or `None` for one that is only hashed. With `sum` the whole archive must have that `h1:`
/// checksum. The files are written to a neighbouring folder first, which takes the name `to` at the very end.
///
/// # Errors
/// [`ErrorKind::Archive`] for a damaged archive, a name that leads out of the folder or an archive above the
/// limits, [`ErrorKind::Checksum`] for a wrong checksum, [`ErrorKind::Io`] where the disk refuses. Nothing
/// is left behind then.
pub fn unpack_module_zip(
    zip: Vec<u8>,
    prefix: &str,
    sum: Option<&str>,
    to: &Path,
    limits: Limits,
    keep: &(dyn Fn(&str) -> Option<String> + Sync),
    progress: &dyn Progress,
) -> Result<(), ProjectError> {
    let parent = to.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .map_err(|e| ProjectError::io("mkdir", &to_slash(parent), &e))?;
    // The process id keeps concurrent runs apart.
    let name = to
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let temporary = parent.join(format!(".{name}.{}.partial", std::process::id()));
    let result = unpack_to(zip, prefix, sum, &temporary, limits, keep, progress).and_then(|()| {
        match std::fs::rename(&temporary, to) {
            Ok(()) => Ok(()),
            // Another run was quicker; what it made has passed the same checks.
            Err(_) if to.is_dir() => Ok(()),
            Err(e) => Err(ProjectError::io("rename to", &to_slash(to), &e)),
        }
    });
    // After success the folder is gone under this name; what is left otherwise is of no use.
    _ = std::fs::remove_dir_all(&temporary);
    result
}

fn unpack_to(
    zip: Vec<u8>,
    prefix: &str,
    sum: Option<&str>,
    to: &Path,
    limits: Limits,
    keep: &(dyn Fn(&str) -> Option<String> + Sync),
    progress: &dyn Progress,
) -> Result<(), ProjectError> {
    let damaged = |reason: &dyn std::fmt::Display| {
        let module = prefix.trim_end_matches('/');
        ProjectError::new(
            ErrorKind::Archive,
            format!("{module}: bad archive: {reason}"),
        )
    };
    let archive = ZipArchive::new(Cursor::new(Arc::<[u8]>::from(zip))).map_err(|e| damaged(&e))?;
    if archive.len() > limits.files {
        return Err(damaged(&format!("more than {} files", limits.files)));
    }
    // Names first: nothing is written for an archive that holds a bad one.
    let mut names = Vec::with_capacity(archive.len());
    for name in archive.file_names() {
        let name = name.map_err(|e| damaged(&e))?.into_owned();
        if !name.strip_prefix(prefix).is_some_and(is_safe) {
            return Err(damaged(&format!("illegal file name {name:?}")));
        }
        names.push(name);
    }

    let unpacked = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let unpack_one = |archive: &mut ZipArchive<_>, name: &str| -> Result<FileHash, ProjectError> {
        let entry = archive.by_name(name).map_err(|e| damaged(&e))?;
        let left = limits
            .bytes
            .saturating_sub(unpacked.load(Ordering::Relaxed));
        let mut content = Vec::with_capacity(entry.size().min(left).min(1 << 24) as usize);
        entry
            .take(left + 1)
            .read_to_end(&mut content)
            .map_err(|e| damaged(&e))?;
        let size = content.len() as u64;
        if unpacked.fetch_add(size, Ordering::Relaxed) + size > limits.bytes {
            return Err(damaged(&format!("more than {} bytes", limits.bytes)));
        }
        if let Some(written) = keep(&name[prefix.len()..]) {
            write(&join_slash(to, &written), &content)?;
        }
        progress.advance(done.fetch_add(1, Ordering::Relaxed) + 1);
        Ok(FileHash::new(name, &content))
    };
    let hashes = names
        .par_iter()
        .map_init(
            || archive.clone(),
            |archive, name| unpack_one(archive, name),
        )
        .collect::<Result<Vec<_>, _>>()?;
    match sum {
        Some(want) => {
            let got = hash1(hashes);
            if got == want {
                return Ok(());
            }
            let module = prefix.trim_end_matches('/');
            let message = format!(
                "verifying {module}: checksum mismatch\n\tdownloaded: {got}\n\texpected:   {want}"
            );
            Err(ProjectError::new(ErrorKind::Checksum, message))
        }
        None => Ok(()),
    }
}

fn write(path: &Path, content: &[u8]) -> Result<(), ProjectError> {
    let failed = |e: &std::io::Error| ProjectError::io("write", &to_slash(path), e);
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|e| failed(&e))?;
    }
    std::fs::write(path, content).map_err(|e| failed(&e))
}

/// Whether a name stays inside its folder on every platform.
fn is_safe(name: &str) -> bool {
    let bad =
        |part: &str| part.is_empty() || part == "." || part == ".." || part.ends_with(['.', ' ']);
    !name.contains(['\\', ':', '\0']) && !name.split('/').any(bad)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::NoProgress;
    use super::*;

    const LIMITS: Limits = Limits {
        files: 10,
        bytes: 1000,
    };

    fn zip_of(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .expect("start");
            zip.write_all(content.as_bytes()).expect("write");
        }
        zip.finish().expect("finish").into_inner()
    }

    fn unpack(files: &[(&str, &str)], sum: Option<&str>, to: &Path) -> Result<(), ProjectError> {
        let keep = |name: &str| name.starts_with("src/").then(|| name.to_string());
        unpack_module_zip(zip_of(files), "m@v1/", sum, to, LIMITS, &keep, &NoProgress)
    }

    /// Only the target, if that: no temporary folder is left.
    fn entries(dir: &Path) -> Vec<String> {
        let names = std::fs::read_dir(dir).expect("folder");
        names
            .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn kept_files_are_written_and_all_are_hashed() {
        let dir = tempfile::tempdir().expect("folder");
        let files = [("m@v1/src/a/b.go", "package b"), ("m@v1/bin/go", "x")];
        let sum = hash1(
            files
                .iter()
                .map(|(name, content)| FileHash::new(*name, content.as_bytes()))
                .collect(),
        );
        let to = dir.path().join("in").join("go");
        unpack(&files, Some(&sum), &to).expect("unpacks");
        assert_eq!(
            std::fs::read_to_string(to.join("src/a/b.go")).expect("file"),
            "package b"
        );
        assert_eq!(entries(&to), ["src"]);
        // A second time it finds the folder in place.
        unpack(&files, Some(&sum), &to).expect("unpacks");
        assert_eq!(entries(&dir.path().join("in")), ["go"]);
    }

    #[test]
    fn names_that_lead_out_are_refused() {
        let dir = tempfile::tempdir().expect("folder");
        for name in [
            "m@v1/src/../../evil",
            "m@v1/../evil",
            "../evil",
            "/m@v1/evil",
            "m@v1//evil",
            "m@v1/src\\..\\evil",
            "m@v1/c:evil",
            "m@v1/src/.. /evil",
            "other@v1/src/a",
        ] {
            let error = unpack(&[(name, "x")], None, &dir.path().join("go")).expect_err(name);
            assert_eq!(error.kind, ErrorKind::Archive);
            assert_eq!(
                error.message,
                format!("m@v1: bad archive: illegal file name {name:?}")
            );
            assert_eq!(entries(dir.path()), [""; 0], "{name}");
        }
    }

    #[test]
    fn a_wrong_checksum_leaves_nothing() {
        let dir = tempfile::tempdir().expect("folder");
        let error = unpack(
            &[("m@v1/src/a", "x")],
            Some("h1:no"),
            &dir.path().join("go"),
        )
        .expect_err("sum");
        assert_eq!(error.kind, ErrorKind::Checksum);
        assert_eq!(entries(dir.path()), [""; 0]);
    }

    #[test]
    fn sizes_are_bounded() {
        let dir = tempfile::tempdir().expect("folder");
        let to = dir.path().join("go");
        let big = "x".repeat(2000);
        assert_eq!(
            unpack(&[("m@v1/a", &big)], None, &to)
                .expect_err("big")
                .kind,
            ErrorKind::Archive
        );
        let names: Vec<_> = (0..11).map(|i| format!("m@v1/{i}")).collect();
        let many: Vec<_> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert_eq!(
            unpack(&many, None, &to).expect_err("many").kind,
            ErrorKind::Archive
        );
        assert_eq!(
            unpack_module_zip(vec![1, 2], "m/", None, &to, LIMITS, &|_| None, &NoProgress)
                .expect_err("junk")
                .kind,
            ErrorKind::Archive
        );
    }
}
