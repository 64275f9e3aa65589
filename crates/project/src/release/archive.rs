//! Unpacking a module archive: names checked, checksum verified, folder in place all at once or not at all.
//!
//! Source of the rule: *Go Modules Reference*, section *Module zip files*: every name starts with
//! `module@version/` and none may lead out of that folder.

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{FileHash, Progress, hash1};
use crate::atomic::unique;
use crate::error::{ErrorKind, ProjectError};
use crate::fetch::Verify;
use crate::paths::{join_slash, to_slash};

/// An archive on disk that several threads can read at once.
#[derive(Clone, Debug)]
pub struct ZipSource {
    file: Arc<File>,
    length: u64,
    at: u64,
}

impl ZipSource {
    /// Opens a file.
    ///
    /// # Errors
    /// As the system reports them.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(file),
            length,
            at: 0,
        })
    }
}

impl Read for ZipSource {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        #[cfg(unix)]
        let n = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let n = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

impl Seek for ZipSource {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.length.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

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
/// file is written, or `None` for one that is only hashed. `verify` is given the `h1:` checksum of the whole
/// archive before anything counts. The files are written to a neighbouring folder first, which takes the name `to` at the very end.
///
/// # Errors
/// [`ErrorKind::Archive`] for a damaged archive, a name that leads out of the folder or an archive above the
/// limits, [`ErrorKind::Io`] where the disk refuses, and whatever `verify` says. Nothing is left behind then.
pub(crate) fn unpack_module_zip(
    zip: ZipSource,
    prefix: &str,
    verify: Verify<'_>,
    to: &Path,
    limits: Limits,
    keep: &(dyn Fn(&str) -> Option<String> + Sync),
    progress: &dyn Progress,
) -> Result<(), ProjectError> {
    let parent = to.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .map_err(|e| ProjectError::io("mkdir", &to_slash(parent), &e))?;
    let temporary = unique(to);
    let result =
        unpack_to(zip, prefix, verify, &temporary, limits, keep, progress).and_then(|()| {
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
    zip: ZipSource,
    prefix: &str,
    verify: Verify<'_>,
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
    let archive = ZipArchive::new(zip).map_err(|e| damaged(&e))?;
    if archive.len() > limits.files {
        return Err(damaged(&format!("more than {} files", limits.files)));
    }
    if archive
        .decompressed_size()
        .is_some_and(|size| size > u128::from(limits.bytes))
    {
        return Err(damaged(&format!("more than {} bytes", limits.bytes)));
    }
    // Names first: nothing is written for an archive that holds a bad one.
    let mut names = Vec::with_capacity(archive.len());
    for name in archive.file_names() {
        let name = name.map_err(|e| damaged(&e))?.into_owned();
        if !name.strip_prefix(prefix).is_some_and(is_safe) {
            return Err(damaged(&format!("illegal file name {name:?}")));
        }
        // Folders are made for the files in them.
        if !name.ends_with('/') {
            names.push(name);
        }
    }
    check_collisions(&names).map_err(|e| damaged(&e))?;

    let unpacked = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let unpack_one = |archive: &mut ZipArchive<_>, name: &str| -> Result<FileHash, ProjectError> {
        let entry = archive.by_name(name).map_err(|e| damaged(&e))?;
        let written = keep(&name[prefix.len()..]).map(|name| join_slash(to, &name));
        let mut file = match &written {
            Some(path) => Some(create(path)?),
            None => None,
        };
        let mut hasher = Sha256::new();
        let mut reader = entry;
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = reader.read(&mut buffer).map_err(|e| damaged(&e))?;
            if n == 0 {
                break;
            }
            let total = unpacked.fetch_add(n as u64, Ordering::Relaxed) + n as u64;
            if total > limits.bytes {
                return Err(damaged(&format!("more than {} bytes", limits.bytes)));
            }
            hasher.update(&buffer[..n]);
            if let (Some(file), Some(path)) = (&mut file, &written) {
                file.write_all(&buffer[..n])
                    .map_err(|e| ProjectError::io("write", &to_slash(path), &e))?;
            }
        }
        progress.advance(done.fetch_add(1, Ordering::Relaxed) + 1);
        Ok(FileHash {
            name: name.to_string(),
            sha256: hasher.finalize().into(),
        })
    };
    let hashes = names
        .par_iter()
        .map_init(
            || archive.clone(),
            |archive, name| unpack_one(archive, name),
        )
        .collect::<Result<Vec<_>, _>>()?;
    verify(&hash1(hashes))
}

fn create(path: &Path) -> Result<File, ProjectError> {
    let failed = |e: &std::io::Error| ProjectError::io("create", &to_slash(path), e);
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|e| failed(&e))?;
    }
    File::create(path).map_err(|e| failed(&e))
}

/// Refuses names that are one and the same where file names ignore case, and names that are both of a file and of
/// a folder.
fn check_collisions(names: &[String]) -> Result<(), String> {
    let mut folded: HashMap<String, &str> = HashMap::with_capacity(names.len());
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for name in names {
        if let Some(other) = folded.insert(name.to_lowercase(), name) {
            let (first, second) = if other < name.as_str() {
                (other, name.as_str())
            } else {
                (name.as_str(), other)
            };
            return Err(format!(
                "case-insensitive file name collision: {first:?} and {second:?}"
            ));
        }
        let mut rest = name.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder.to_lowercase()) {
                break;
            }
            rest = folder;
        }
    }
    match names
        .iter()
        .find(|name| folders.contains(&name.to_lowercase()))
    {
        Some(name) => Err(format!("{name:?} is both a file and a folder")),
        None => Ok(()),
    }
}

/// Whether a name stays inside its folder on every platform.
fn is_safe(name: &str) -> bool {
    let bad =
        |part: &str| part.is_empty() || part == "." || part == ".." || part.ends_with(['.', ' ']);
    let name = name.strip_suffix('/').unwrap_or(name);
    !name.contains(['\\', ':', '\0']) && !name.split('/').any(bad)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

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
        unpack_bytes(&zip_of(files), sum, to)
    }

    fn unpack_bytes(zip: &[u8], sum: Option<&str>, to: &Path) -> Result<(), ProjectError> {
        let keep = |name: &str| name.starts_with("src/").then(|| name.to_string());
        let file = tempfile::NamedTempFile::new().expect("file");
        std::fs::write(file.path(), zip).expect("written");
        let source = ZipSource::open(file.path()).expect("open");
        let verify = |got: &str| match sum {
            Some(sum) if sum != got => Err(ProjectError::new(ErrorKind::Checksum, got)),
            _ => Ok(()),
        };
        unpack_module_zip(source, "m@v1/", &verify, to, LIMITS, &keep, &NoProgress)
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
            unpack_bytes(&[1, 2], None, &to).expect_err("junk").kind,
            ErrorKind::Archive
        );
        let whole = zip_of(&[("m@v1/src/a", &"x".repeat(900))]);
        for cut in [whole.len() - 1, whole.len() / 2, 10, 0] {
            let error = unpack_bytes(&whole[..cut], None, &to).expect_err("truncated");
            assert_eq!(error.kind, ErrorKind::Archive, "{cut}");
        }
        assert_eq!(entries(dir.path()), [""; 0]);
    }

    #[test]
    fn names_must_differ_in_more_than_case() {
        let dir = tempfile::tempdir().expect("folder");
        for (names, want) in [
            (
                ["m@v1/src/a.go", "m@v1/src/A.go"],
                "case-insensitive file name collision: \"m@v1/src/A.go\" and \"m@v1/src/a.go\"",
            ),
            (
                ["m@v1/src/a", "m@v1/src/a/b"],
                "\"m@v1/src/a\" is both a file and a folder",
            ),
        ] {
            let error = unpack(&names.map(|name| (name, "x")), None, &dir.path().join("go"))
                .expect_err("collision");
            assert_eq!(error.message, format!("m@v1: bad archive: {want}"));
            assert_eq!(entries(dir.path()), [""; 0]);
        }
    }
}
