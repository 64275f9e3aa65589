//! Polkadot's own executor, with what a developer needs around it
