//! What the caller chooses.

use crate::Profile;

/// Instructions beyond Wasm's MVP that the host is known to have. All off by default: Polkadot's executor accepts
/// some of them, but strict MVP runs everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Features {
    /// `i32.extend8_s` and its kind.
    pub sign_ext: bool,
    /// `memory.copy` and `memory.fill`.
    pub bulk_memory: bool,
    /// `i32.trunc_sat_f64_s` and its kind.
    pub sat_float: bool,
}

/// What the caller of [`emit_module`](crate::emit_module) chooses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Options {
    /// The host.
    pub profile: Profile,
    /// Instructions beyond the MVP.
    pub features: Features,
    /// Leave out names and positions.
    pub strip: bool,
    /// Keep the call site of each running function in its frame, and tables that say what they are, for those who ask
    /// for a trace at run time.
    pub trace: bool,
    /// Bytes of the shadow stack, instead of what the profile says.
    pub stack_size: Option<u32>,
    /// Least bytes of the first heap arena, instead of what the profile says.
    pub arena_size: Option<u32>,
    /// Further custom sections, by name, placed at the end and kept by `strip`: they belong to the program, as
    /// `runtime_version` does.
    pub custom_sections: Vec<(String, Vec<u8>)>,
}
