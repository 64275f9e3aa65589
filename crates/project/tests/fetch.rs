//! Fetching the pinned Go release.

use polkago_project::{Environment, ErrorKind, GoRelease, NoProgress, RELEASE, ReleaseSource};

#[test]
#[ignore = "fetches 70 MB from the module proxy"]
fn the_pinned_release_can_be_fetched() {
    let cache = tempfile::tempdir().expect("folder");
    let mut env = Environment {
        polkago_cache: Some(cache.path().into()),
        goproxy: Environment::from_process().goproxy,
        ..Environment::default()
    };
    let release = GoRelease::find(&env, &NoProgress).expect("fetched");
    assert_eq!(
        (release.source, release.version),
        (ReleaseSource::Fetched, RELEASE.version())
    );
    assert!(release.src().join("fmt").join("print.go").is_file());
    assert!(!release.root.join("bin").exists());
    env.goproxy = Some("off".to_string());
    let again = GoRelease::find(&env, &NoProgress).expect("cached");
    assert_eq!(
        (again.source, again.root),
        (ReleaseSource::Cached, release.root)
    );
}

#[test]
fn a_proxy_with_a_forged_release_is_found_out() {
    let dir = tempfile::tempdir().expect("folder");
    let at = dir.path().join("proxy").join(RELEASE.module).join("@v");
    std::fs::create_dir_all(&at).expect("folder");
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let name = format!(
        "{}@{}/src/fmt/print.go",
        RELEASE.module, RELEASE.module_version
    );
    zip.start_file(name, zip::write::SimpleFileOptions::default())
        .expect("start");
    let zip = zip.finish().expect("finish").into_inner();
    std::fs::write(at.join(format!("{}.zip", RELEASE.module_version)), zip).expect("file");
    let env = Environment {
        polkago_cache: Some(dir.path().join("cache")),
        goproxy: Some(format!("file://{}", dir.path().join("proxy").display())),
        ..Environment::default()
    };
    let error = GoRelease::find(&env, &NoProgress).expect_err("forged");
    assert_eq!(error.kind, ErrorKind::NoRelease);
    assert!(error.message.contains("checksum mismatch"), "{error}");
    assert_eq!(
        std::fs::read_dir(dir.path().join("cache").join("go"))
            .expect("folder")
            .count(),
        0
    );
}
