//! How much of the native stack a function takes on the host's engine, so that the shadow stack is used up first: then
//! the program reports it, where the engine would only trap.

use polkago_ir::{Cfg, Function, InstData, Liveness};

/// Return address, frame pointer, alignment, and what a code generator keeps for itself.
const FIXED: u64 = 56;

/// The part of the native stack that cycles of calls may fill, in eighths. The rest is for what they call, and for the
/// report.
const SHARE: u64 = 7;

/// Bytes of native stack for each byte of the shadow stack.
pub fn ratio(native_stack: u32, stack_size: u32) -> u64 {
    (u64::from(native_stack) * SHARE / 8 / u64::from(stack_size.max(1))).max(1)
}

/// Bytes of native stack that a call of a function may take. Cranelift keeps what lives across a call in memory, and
/// other values where registers do not suffice, 8 bytes each (16 for those of a pressure that splits live ranges are
/// met by a quarter more), and passes arguments beyond the first few there.
/// A call through a function value is two, since a dispatcher stands between.
pub fn frame_bytes(func: &Function, cfg: &Cfg) -> u64 {
    let liveness = Liveness::new(func, cfg);
    let mut pressure = 0;
    let mut arguments = 0;
    let mut dispatcher = 0;
    for block in cfg.rpo() {
        liveness.walk_back(func, block, |inst, live| {
            pressure = pressure.max(live.iter().count() as u64);
            if let InstData::CallIndirect { args, .. } = &func.insts[inst] {
                dispatcher = dispatcher.max(FIXED + 8 * args.len() as u64);
            }
            if let InstData::Call { args, .. } | InstData::CallIndirect { args, .. } =
                &func.insts[inst]
            {
                arguments = arguments.max(args.len() as u64);
            }
        });
        pressure = pressure.max(liveness.live_in(block).len() as u64);
    }
    FIXED + 10 * pressure + 8 * arguments.saturating_sub(4) + dispatcher
}
