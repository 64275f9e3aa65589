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
