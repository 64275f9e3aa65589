//! ABI profiles, as data: what a module imports and exports, how it gets its memory, and what its host allows.
//! Nothing else in the compiler knows these facts (decision 7 of the architecture).
//!
//! Sources: Polkadot protocol specification, *Host API* and *Runtime entrypoints*; `sc-executor`; WASI snapshot
//! preview 1.

/// A kind of host.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Profile {
    /// A Polkadot runtime.
    #[default]
    Polkadot,
    /// A Polkadot runtime that has its own allocator, as RFC-145 defines: entry points take the length of their input,
    /// and the host writes into buffers of the runtime.
    PolkadotRfc145,
    /// A command for WASI preview 1.
    Wasip1,
}

/// Where the memory comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MemorySource {
    /// The host brings it.
    Import {
        /// Module of the import.
        module: &'static str,
        /// Field of the import.
        field: &'static str,
    },
    /// The module defines it and exports it by that name.
    Export(&'static str),
}

/// The facts of a profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProfileFacts {
    /// As on the command line.
    pub name: &'static str,
    /// Modules whose functions may be imported.
    pub import_modules: &'static [&'static str],
    /// Where the memory comes from.
    pub memory: MemorySource,
    /// Name under which the address of the first byte above all that the module uses itself is exported, as a
    /// constant global.
    pub heap_base_export: Option<&'static str>,
    /// The export with which the host starts the program.
    pub entry: Option<&'static str>,
    /// Most functions whose addresses are taken.
    pub table_limit: u32,
    /// Most bytes from address 0 to the end of the first arena.
    pub memory_limit: u64,
    /// Bytes of the shadow stack.
    pub stack_size: u32,
    /// Bytes of the stack on which the host runs compiled code.
    pub native_stack: u32,
    /// Least bytes of the first heap arena.
    pub arena_size: u32,
    /// Least bytes of memory that the module begins with.
    pub memory_size: u64,
    /// Whether read-only data stand behind the first arena, so that what calls write lies together. A call on a fresh
    /// instance pays for each page that it touches.
    pub written_first: bool,
    /// Whether NaN bits are made canonical where they become observable, because hosts must agree on them.
    pub canonical_nan: bool,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 3] = [Self::Polkadot, Self::PolkadotRfc145, Self::Wasip1];

    /// The profile with that name on the command line.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.facts().name == name)
    }

    /// Whether the module is a Polkadot runtime, of either kind.
    #[must_use]
    pub const fn is_polkadot(self) -> bool {
        match self {
            Self::Polkadot | Self::PolkadotRfc145 => true,
            Self::Wasip1 => false,
        }
    }

    /// Its facts.
    #[must_use]
    pub const fn facts(self) -> ProfileFacts {
        match self {
            Self::Polkadot => ProfileFacts {
                name: "polkadot",
                import_modules: &["env"],
                memory: MemorySource::Import {
                    module: "env",
                    field: "memory",
                },
                heap_base_export: Some("__heap_base"),
                entry: None,
                // As many as a table has room for in the pooling allocator of the executor's engine.
                table_limit: 8192,
                memory_limit: 64 << 20,
                // Its last 1.5 KiB, behind the unused first one, share a page of the machine with what most calls touch.
                stack_size: (64 << 10) + 512,
                // What the executor has where no other limit is asked for.
                native_stack: 1 << 20,
                arena_size: 128 << 10,
                // The executor grows each instance by the pages of the heap. What it grows must not share a page table
                // of the machine (2 MiB) with what calls touch, or each call pays for a walk over that.
                memory_size: 2 << 20,
                written_first: true,
                canonical_nan: true,
            },
            // The memory grows by its own instruction, so that it is the module's.
            Self::PolkadotRfc145 => ProfileFacts {
                name: "polkadot-rfc145",
                memory: MemorySource::Export("memory"),
                memory_size: 0,
                ..Self::Polkadot.facts()
            },
            Self::Wasip1 => ProfileFacts {
                name: "wasip1",
                import_modules: &["wasi_snapshot_preview1"],
                memory: MemorySource::Export("memory"),
                heap_base_export: None,
                entry: Some("_start"),
                table_limit: 10_000_000,
                memory_limit: 1 << 31,
                stack_size: 16 << 20,
                native_stack: 512 << 20,
                arena_size: 1 << 20,
                memory_size: 0,
                written_first: false,
                canonical_nan: false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Profile;

    #[test]
    fn found_by_name() {
        for profile in Profile::ALL {
            assert_eq!(Profile::by_name(profile.facts().name), Some(profile));
        }
        assert_eq!(Profile::by_name("polkadot2"), None);
    }
}
