//! What can make an output impossible: errors of the user's program that only the whole program shows, and limits
//! of the host.

use polkago_ir::Symbol;

/// Why no module was made.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A symbol is used but nowhere defined: a bodyless function without a host function, a missing package.
    #[error("undefined: {symbol} (used by {user})")]
    Undefined {
        /// The symbol.
        symbol: Symbol,
        /// The function, data object or export that uses it.
        user: Symbol,
    },
    /// The profile's host has no functions in that module.
    #[error(
        "{function} imports {field} from module {module:?}: {profile} provides only functions of {allowed}"
    )]
    IllegalImport {
        /// The function that is declared as an import.
        function: Symbol,
        /// Module of the import.
        module: String,
        /// Field of the import.
        field: String,
        /// Name of the profile.
        profile: &'static str,
        /// The modules it provides.
        allowed: String,
    },
    /// A host function cannot have several results in Wasm's MVP.
    #[error(
        "{function} imports {module}.{field} with {results} results; a host function has at most one"
    )]
    ImportResults {
        /// The function that is declared as an import.
        function: Symbol,
        /// Module of the import.
        module: String,
        /// Field of the import.
        field: String,
        /// How many.
        results: usize,
    },
    /// Two exports have one name, or an export has a name that the profile uses itself.
    #[error("export {name} is declared twice")]
    DuplicateExport {
        /// The name.
        name: String,
    },
    /// The profile's hosts start the program with an export that the module lacks.
    #[error("no function is exported as {name}, with which {profile} starts a program")]
    NoEntry {
        /// The export.
        name: &'static str,
        /// Name of the profile.
        profile: &'static str,
    },
    /// More functions are called through pointers than the host allows.
    #[error("the function table has {entries} entries, but {profile} allows at most {limit}")]
    TableTooLarge {
        /// With the empty entry 0.
        entries: u32,
        /// At most.
        limit: u32,
        /// Name of the profile.
        profile: &'static str,
    },
    /// Static data, stack and first arena do not fit into the memory that the host gives.
    #[error("static data needs {bytes} bytes of memory, but {profile} allows at most {limit}")]
    MemoryTooLarge {
        /// Bytes up to the end of the first arena.
        bytes: u64,
        /// At most.
        limit: u64,
        /// Name of the profile.
        profile: &'static str,
    },
    /// The local variables of a function with addresses do not fit into the shadow stack.
    #[error("stack frame of {function} too large ({bytes} bytes, the stack has {limit})")]
    FrameTooLarge {
        /// The function.
        function: Symbol,
        /// Bytes of its frame.
        bytes: u64,
        /// Bytes of the shadow stack.
        limit: u32,
    },
    /// The output is not valid under the features that are on: an error of the compiler.
    #[error("the generated module is invalid at offset {offset:#x}: {message}")]
    Invalid {
        /// What the validator says.
        message: String,
        /// Byte offset in the module.
        offset: u64,
    },
}
