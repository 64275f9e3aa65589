//! Modules, build constraints, the Go release and package order
