//! What builds have made, kept between runs: bytes by key, in a folder of this program's own.
//!
//! A key names everything that the bytes depend on, so an entry is never wrong, only absent; what is damaged counts
//! as absent. Nothing here ever fails a build: without a folder that can be written, every look is in vain. Entries
//! that were not asked for in five days go, as in the cache of the `go` command.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::atomic::write_whole;
use crate::environment::Environment;
use crate::error::ProjectError;
use crate::package::ContentHash;

/// How long an entry is kept that nobody asks for.
const KEPT: Duration = Duration::from_secs(5 * 24 * 60 * 60);
/// How often old entries are looked for.
const TRIM_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);
/// How exactly it is noted when an entry was asked for last.
const USE_INTERVAL: Duration = Duration::from_secs(60 * 60);

/// The length of the hash that every entry begins with.
const HASH: usize = blake3::OUT_LEN;

/// The cache. See the module documentation.
#[derive(Clone, Debug)]
pub struct BuildCache {
    dir: PathBuf,
}

impl BuildCache {
    /// The cache in this program's own folder, which need not exist yet.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn new(env: &Environment) -> Result<Self, ProjectError> {
        Ok(Self {
            dir: env.cache_dir()?.join("build"),
        })
    }

    /// What was kept under a key.
    pub fn get(&self, key: &ContentHash) -> Option<Vec<u8>> {
        let path = self.path(key);
        let mut entry = std::fs::read(&path).ok()?;
        let (hash, content) = entry.split_at_checked(HASH)?;
        if blake3::hash(content).as_bytes() != hash {
            return None;
        }
        if age(&path).is_none_or(|age| age > USE_INTERVAL) {
            touch(&path);
        }
        entry.drain(..HASH);
        Some(entry)
    }

    /// Keeps bytes under a key.
    pub fn put(&self, key: &ContentHash, content: &[u8]) {
        let hash = blake3::hash(content);
        if write_whole(&self.path(key), &[hash.as_bytes(), content].concat()).is_ok() {
            self.trim();
        }
    }

    /// Where an entry lies: in one of 256 folders, so that none of them is large.
    fn path(&self, key: &ContentHash) -> PathBuf {
        let name = blake3::Hash::from_bytes(key.0).to_hex();
        self.dir.join(&name[..2]).join(&name[..])
    }

    /// Removes what is old, once a day.
    fn trim(&self) {
        let mark = self.dir.join("trimmed");
        if age(&mark).is_some_and(|age| age < TRIM_INTERVAL) {
            return;
        }
        // First, so that runs beside this one need not.
        if write_whole(&mark, &[]).is_err() {
            return;
        }
        let folders = std::fs::read_dir(&self.dir).into_iter().flatten().flatten();
        let entries = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok());
        for entry in entries.flatten().flatten() {
            let path = entry.path();
            if age(&path).is_some_and(|age| age > KEPT) {
                _ = std::fs::remove_file(path);
            }
        }
    }
}

/// How long ago a file was changed, or touched; nothing where there is none, or where that is yet to come.
fn age(path: &Path) -> Option<Duration> {
    let changed = std::fs::metadata(path).and_then(|m| m.modified()).ok()?;
    SystemTime::now().duration_since(changed).ok()
}

fn touch(path: &Path) {
    let file = std::fs::File::options().append(true).open(path);
    _ = file.and_then(|file| file.set_modified(SystemTime::now()));
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: ContentHash = ContentHash([7; 32]);

    fn cache() -> (tempfile::TempDir, BuildCache) {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let env = Environment {
            polkago_cache: Some(folder.path().into()),
            ..Environment::default()
        };
        let cache = BuildCache::new(&env).expect("a folder is named");
        (folder, cache)
    }

    fn set_age(path: &Path, age: Duration) {
        let file = std::fs::File::options().append(true).open(path);
        let file = file.expect("the file is there");
        file.set_modified(SystemTime::now() - age)
            .expect("times of own files can be set");
    }

    #[test]
    fn what_is_kept_comes_back() {
        let (_folder, cache) = cache();
        assert_eq!(cache.get(&KEY), None);
        cache.put(&KEY, b"a module");
        assert_eq!(cache.get(&KEY).as_deref(), Some(&b"a module"[..]));
        assert_eq!(cache.get(&ContentHash([8; 32])), None);
        cache.put(&KEY, b"");
        assert_eq!(cache.get(&KEY).as_deref(), Some(&b""[..]));
    }

    #[test]
    fn what_is_damaged_is_absent() {
        let (_folder, cache) = cache();
        cache.put(&KEY, b"a module");
        let path = cache.path(&KEY);
        let whole = std::fs::read(&path).expect("the entry is there");
        for len in 0..whole.len() {
            std::fs::write(&path, &whole[..len]).expect("it can be written");
            assert_eq!(cache.get(&KEY), None, "the first {len} bytes");
        }
        let mut changed = whole;
        *changed.last_mut().expect("it is not empty") ^= 1;
        std::fs::write(&path, &changed).expect("it can be written");
        assert_eq!(cache.get(&KEY), None);
    }

    #[test]
    fn what_is_not_used_goes() {
        let (_folder, cache) = cache();
        let keys = [1, 2, 3].map(|n| ContentHash([n; 32]));
        for key in &keys {
            cache.put(key, b"a module");
        }
        set_age(&cache.path(&keys[0]), KEPT * 2);
        set_age(&cache.path(&keys[1]), KEPT * 2);
        // To be asked for counts as use.
        assert!(cache.get(&keys[1]).is_some());
        cache.put(&KEY, b"a module");
        assert!(cache.get(&keys[0]).is_some(), "it is not yet time");
        set_age(&cache.path(&keys[0]), KEPT * 2);
        set_age(&cache.dir.join("trimmed"), TRIM_INTERVAL * 2);
        cache.put(&KEY, b"a module");
        let found = keys.map(|key| cache.get(&key).is_some());
        assert_eq!(found, [false, true, true]);
    }

    #[test]
    fn a_folder_that_cannot_be_written_harms_nothing() {
        let (folder, cache) = cache();
        std::fs::write(folder.path().join("build"), "a file").expect("it can be written");
        cache.put(&KEY, b"a module");
        assert_eq!(cache.get(&KEY), None);
    }
}
