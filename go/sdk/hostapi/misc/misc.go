// Package misc prints for debugging and asks other runtimes for their version (Polkadot specification,
// "Miscellaneous").
package misc

// PrintNum writes a number to the node's log, at the level "debug".
func PrintNum(n uint64) { hostPrintNum(n) }

// PrintUTF8 writes text to the node's log, at the level "debug". What is not valid UTF-8 is not written.
func PrintUTF8(text []byte) { hostPrintUTF8(text) }

// PrintHex writes bytes to the node's log in hexadecimal digits, at the level "debug".
func PrintHex(data []byte) { hostPrintHex(data) }

// RuntimeVersion returns the encoded version of the runtime that is a Wasm blob, and whether it has one.
func RuntimeVersion(wasm []byte) (version []byte, ok bool) { return hostRuntimeVersion(wasm) }
