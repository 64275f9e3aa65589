//! Programs for WASI preview 1: what they see, print and end with.

mod common;

use std::time::Duration;

use common::error;
use polkago_host::wasip1::{End, Folder, Options, Run, Stdin, run};

/// A program with the body given. `$print` writes the text at address 16 to a file descriptor.
fn program(body: &str) -> Vec<u8> {
    let text = format!(
        r#"(module
            (import "wasi_snapshot_preview1" "fd_write"
                (func $fd_write (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_read"
                (func $fd_read (param i32 i32 i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "args_sizes_get"
                (func $args_sizes_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "fd_prestat_get"
                (func $fd_prestat_get (param i32 i32) (result i32)))
            (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
            (memory (export "memory") 1)
            (func $print (param $fd i32) (param $len i32)
                (i32.store (i32.const 0) (i32.const 16))
                (i32.store (i32.const 4) (local.get $len))
                (drop (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8))))
            {body})"#
    );
    wat::parse_str(text).expect("the test's module is well formed")
}

fn ends(body: &str) -> Run {
    run(&program(body), &Options::default()).expect("the program starts")
}

#[test]
fn hello() {
    let run = ends(
        r#"(data (i32.const 16) "hello\n")
           (func (export "_start") (call $print (i32.const 1) (i32.const 6))
                                   (call $print (i32.const 2) (i32.const 5)))"#,
    );
    assert_eq!(run.end, End::Exit(0));
    assert_eq!(run.stdout, b"hello\n");
    assert_eq!(run.stderr, b"hello");
}

#[test]
fn exit_codes_come_through() {
    for code in [0, 1, 3, 125, 255] {
        let run = ends(&format!(
            r#"(func (export "_start") (call $exit (i32.const {code})))"#
        ));
        assert_eq!(run.end, End::Exit(code));
    }
}

#[test]
fn a_trap_keeps_the_output() {
    let run = ends(
        r#"(data (i32.const 16) "last words")
           (func $broken unreachable)
           (func (export "_start") (call $print (i32.const 2) (i32.const 10)) (call $broken))"#,
    );
    assert_eq!(run.stderr, b"last words");
    let End::Trap(trap) = run.end else {
        panic!("it must trap")
    };
    assert_eq!(
        trap.to_string(),
        "`_start` trapped: wasm `unreachable` instruction executed"
    );
    assert_eq!(trap.backtrace.unwrap(), "0: broken\n1: function 7");
}

#[test]
fn deep_recursion_is_possible_but_bounded() {
    let deep = |depth: &str| {
        ends(&format!(
            r#"(func $down (param i64) (result i64)
                (if (result i64) (i64.eqz (local.get 0)) (then (i64.const 0)) (else
                    (i64.add (local.get 0) (call $down (i64.sub (local.get 0) (i64.const 1)))))))
               (func (export "_start") (drop (call $down (i64.const {depth}))))"#
        ))
        .end
    };
    assert_eq!(deep("1000000"), End::Exit(0));
    assert!(matches!(deep("-1"), End::Trap(trap) if trap.message == "call stack exhausted"));
}

#[test]
fn a_program_sees_what_it_is_given() {
    let folder = std::env::temp_dir();
    let options = Options {
        args: vec!["program".into(), "one".into()],
        stdin: Stdin::Bytes(b"in".to_vec()),
        folders: vec![Folder {
            host: folder,
            guest: "/tmp".into(),
        }],
        ..Options::default()
    };
    // Exits with the number of arguments, bytes of input and preopened folders.
    let code = program(
        r#"(func (export "_start")
            (drop (call $args_sizes_get (i32.const 32) (i32.const 36)))
            (i32.store (i32.const 0) (i32.const 64))
            (i32.store (i32.const 4) (i32.const 16))
            (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
            (call $exit (i32.add
                (i32.add
                    (i32.mul (i32.load (i32.const 32)) (i32.const 100))
                    (i32.mul (i32.load (i32.const 8)) (i32.const 10)))
                (i32.eqz (call $fd_prestat_get (i32.const 3) (i32.const 48))))))"#,
    );
    assert_eq!(run(&code, &options).unwrap().end, End::Exit(221));
    assert_eq!(run(&code, &Options::default()).unwrap().end, End::Exit(0));

    let absent = Folder {
        host: "no/such/folder".into(),
        guest: "/x".into(),
    };
    let error = error(run(
        &code,
        &Options {
            folders: vec![absent],
            ..options
        },
    ));
    assert!(
        error
            .to_string()
            .starts_with("cannot open the folder no/such/folder"),
        "{error}"
    );
}

#[test]
fn an_endless_program_is_stopped() {
    let code = program(r#"(func (export "_start") (loop (br 0)))"#);
    let timeout = Some(Duration::from_millis(50));
    let run = run(
        &code,
        &Options {
            timeout,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(run.end, End::TimedOut);
    assert!(run.run_time >= Duration::from_millis(50));
}

#[test]
fn a_quick_program_does_not_wait_for_its_limit() {
    let code = program(r#"(func (export "_start"))"#);
    let timeout = Some(Duration::from_secs(600));
    let run = run(
        &code,
        &Options {
            timeout,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(run.end, End::Exit(0));
}

#[test]
fn what_is_no_program_is_told_why() {
    assert_eq!(
        error(run(&program(""), &Options::default())).to_string(),
        "not a WASI preview 1 program: it does not export the function `_start`"
    );
    let runtime = common::runtime(
        r#"(import "env" "ext_allocator_malloc_version_1" (func (param i32) (result i32)))"#,
        common::ECHO,
    );
    let error = error(run(&runtime, &Options::default()));
    assert!(
        error
            .to_string()
            .starts_with("not a WASI preview 1 program: ")
            && error.to_string().contains("env"),
        "{error}"
    );
    assert_eq!(
        common::error(run(b"#!/bin/sh", &Options::default())).to_string(),
        "not a WebAssembly module: it is a text file"
    );
}
