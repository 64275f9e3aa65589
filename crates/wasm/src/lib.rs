//! IR to Wasm MVP modules
