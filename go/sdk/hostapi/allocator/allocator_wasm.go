//go:build wasm && polkadot

package allocator

import "polkago.dev/sdk/hostapi/internal/host"

func hostMalloc(size uint32) uint32 { return host.Malloc(size) }

func hostFree(address uint32) { host.Free(address) }
