//! The heap of a runtime beside memory that the host has given away.

use crate::Folder;

/// Lists are built and summed up beside 32 MiB of the host's memory, so that the heap's arenas lie far from the
/// first.
const PROGRAM: &str = r#"package main

import "unsafe"

//go:wasmimport env ext_allocator_malloc_version_1
func malloc(size uint32) uint32

type node struct {
	next *node
	v    [30]uint32
}

var sum uint32

//go:wasmexport Test_lists
func lists(ptr, n uint32) uint64 {
	malloc(16 << 20)
	malloc(16 << 20)
	for round := range uint32(20) {
		var list *node
		for i := range uint32(40000) {
			list = &node{next: list}
			list.v[i%30] = i
		}
		malloc(100_000 * (round%3 + 1))
		for ; list != nil; list = list.next {
			for _, v := range list.v {
				sum += v
			}
		}
	}
	return 4<<32 | uint64(uintptr(unsafe.Pointer(&sum)))
}
"#;

#[test]
fn the_page_map_has_room_behind_memory_of_the_host() {
    // 20 times the sum of the numbers below 40,000, modulo 2^32, least significant byte first.
    let sum = (20 * (39_999u64 * 40_000 / 2)) as u32;
    let bytes: String = sum
        .to_le_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Folder::with(&[("main.go", PROGRAM)])
        .run(&["call", "main.go", "Test_lists"])
        .success()
        .stdout_eq(format!("0x{bytes}\n"));
}

/// Lists that fill most of the heap, each behind the garbage of the one before: the collection that has to find room
/// has none for itself. Then lists for ever, behind memory that the host has given away and got back.
const FULL: &str = r#"package main

//go:wasmimport env ext_allocator_malloc_version_1
func malloc(size uint32) uint32

//go:wasmimport env ext_allocator_free_version_1
func free(ptr uint32)

type node struct {
	next, left, right *node
	v                 [200]uint32
}

func grow(n, round uint32) *node {
	var list *node
	for range n {
		list = &node{next: list, left: &node{}, right: &node{}}
		list.v[n%200] = round
	}
	return list
}

//go:wasmexport Test_refill
func refill(ptr, n uint32) uint64 {
	sum := uint32(0)
	for round := range uint32(6) {
		for list := grow(44000, round); list != nil; list = list.next {
			sum += list.v[44000%200]
		}
	}
	println(sum)
	return 0
}

//go:wasmexport Test_fill
func fill(ptr, n uint32) uint64 {
	var small [100]uint32
	for i := range small {
		small[i] = malloc(uint32(i%4) * 8)
	}
	malloc(1<<20 + 100*n)
	for i := range small {
		free(small[i])
	}
	for list := grow(1000, n); ; {
		last := list
		for last.next != nil {
			last = last.next
		}
		last.next = grow(1000, n)
		small[0] = malloc(12345)
		free(small[0])
	}
}
"#;

#[test]
fn a_full_heap_is_collected() {
    let output = Folder::with(&[("main.go", FULL)])
        .run(&["call", "main.go", "Test_refill"])
        .success();
    let stderr = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
    let sum = 44_000 * (1 + 2 + 3 + 4 + 5);
    assert!(
        stderr.starts_with(&format!("error runtime: {sum}\n")),
        "{stderr}"
    );
}

#[test]
fn the_end_of_memory_is_reported_before_the_host_traps() {
    let folder = Folder::with(&[("main.go", FULL)]);
    for input in 0..8 {
        let input = format!("0x{}", "00".repeat(input * 1000));
        let output = folder
            .run(&["call", "main.go", "Test_fill", &input])
            .code(1);
        let stderr = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        assert!(
            stderr.starts_with("error runtime: fatal error: out of memory\n"),
            "{stderr}"
        );
    }
}

/// The first objects of a call lie beside the heap: one, an array of several, and one without references. What they
/// refer to is on the heap, as soon as they take the room there is, and lives as long as they do.
const FIRST: &str = r#"package main

import "runtime"

type pair struct {
	n uint32
	p *uint32
}

func fresh(n uint32) *uint32 {
	p := new([300]uint32)
	p[0] = n
	return &p[0]
}

var (
	one  *pair
	many []pair
	flat []uint32
	last []*pair
)

//go:wasmexport Test_first
func first(ptr, n uint32) uint64 {
	one = &pair{n: 1}
	many = make([]pair, 3)
	flat = make([]uint32, 5)
	for i := range uint32(100) {
		last = append(last, &pair{n: i, p: fresh(i)})
	}
	one.p = fresh(1000)
	for i := range many {
		many[i].p = fresh(uint32(i) * 10_000)
	}
	for range 3 {
		for range 1000 {
			fresh(7)
		}
		runtime.GC()
	}
	sum := *one.p + flat[4]
	for _, m := range many {
		sum += *m.p
	}
	for i, l := range last {
		sum += *l.p + l.n - uint32(i)
	}
	println(sum)
	return 0
}
"#;

#[test]
fn the_first_objects_keep_others_alive() {
    for stress in [false, true] {
        let folder = Folder::with(&[("main.go", FIRST)]);
        let mut build = vec!["build", "-o", "first.wasm", "main.go"];
        build.extend(stress.then_some("--gc-stress"));
        folder.run(&build).success();
        let output = folder.run(&["call", "first.wasm", "Test_first"]).success();
        let stderr = String::from_utf8_lossy(&output.get_output().stderr).into_owned();
        let sum = 1000 + 30_000 + 99 * 100 / 2;
        assert!(
            stderr.starts_with(&format!("error runtime: {sum}\n")),
            "{stderr}"
        );
    }
}
