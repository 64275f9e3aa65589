//! First touches of memory, as the system counts them.
//!
//! An instance begins with memory that the machine has not mapped yet, and each page that a call
//! touches first costs about as much as a thousand instructions. Their number, other than times,
//! is the same on a busy machine.

/// Page faults of this thread so far that needed no disk. `None` where the system does not tell:
/// everywhere but on Linux.
pub(crate) fn of_thread() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
    // The second field is a name in parentheses, which may hold anything; `minflt` is the tenth.
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_whitespace().nth(7)?.parse().ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn fresh_memory_is_counted() {
        let before = of_thread().unwrap();
        let fresh = std::hint::black_box(vec![1u8; 8 << 20]);
        let faults = of_thread().unwrap() - before;
        // With huge pages there are four at least.
        assert!(faults >= 4, "{faults} faults for {} bytes", fresh.len());
    }
}
