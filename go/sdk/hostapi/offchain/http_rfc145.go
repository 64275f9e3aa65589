//go:build wasm && polkadot && polkago_rfc145

package offchain

import "polkago.dev/sdk/hostapi/internal/host"

//go:wasmimport env ext_offchain_http_request_start_version_2
func ext_offchain_http_request_start_version_2(method, uri, meta uint64) int64

//go:wasmimport env ext_offchain_http_request_add_header_version_2
func ext_offchain_http_request_add_header_version_2(id uint32, name, value uint64) int64

//go:wasmimport env ext_offchain_http_request_write_body_version_2
func ext_offchain_http_request_write_body_version_2(id uint32, chunk, deadline uint64) int64

//go:wasmimport env ext_offchain_http_response_wait_version_2
func ext_offchain_http_response_wait_version_2(ids, deadline, out uint64)

//go:wasmimport env ext_offchain_http_response_header_name_version_1
func ext_offchain_http_response_header_name_version_1(id, index uint32, out uint64) uint64

//go:wasmimport env ext_offchain_http_response_header_value_version_1
func ext_offchain_http_response_header_value_version_1(id, index uint32, out uint64) uint64

//go:wasmimport env ext_offchain_http_response_read_body_version_2
func ext_offchain_http_response_read_body_version_2(id uint32, buffer, deadline uint64) int64

func hostStartRequest(method, uri string, meta []byte) (RequestID, bool) {
	id := ext_offchain_http_request_start_version_2(host.String(method), host.String(uri), host.Bytes(meta))
	return RequestID(max(id, 0)), id >= 0
}

func hostAddHeader(id RequestID, name, value string) bool {
	return ext_offchain_http_request_add_header_version_2(uint32(id), host.String(name), host.String(value)) == 0
}

func hostWriteBody(id RequestID, chunk []byte, deadline uint64) (uint8, bool) {
	until := encodeDeadline(deadline)
	n := ext_offchain_http_request_write_body_version_2(uint32(id), host.Bytes(chunk), host.Bytes(until))
	return fault(n), n >= 0
}

func hostWait(ids []RequestID, deadline uint64) []Status {
	list, until := encodeIDs(ids), encodeDeadline(deadline)
	codes := make([]byte, 4*len(ids))
	ext_offchain_http_response_wait_version_2(host.Bytes(list), host.Bytes(until), host.Bytes(codes))
	result := make([]Status, len(ids))
	for i := range result {
		result[i] = Status(codes[4*i]) | Status(codes[4*i+1])<<8
	}
	return result
}

func hostHeaders(id RequestID) []Header {
	var headers []Header
	for index := uint32(0); ; index++ {
		name, ok := host.ReadOptional(func(out uint64) uint64 {
			return ext_offchain_http_response_header_name_version_1(uint32(id), index, out)
		})
		if !ok {
			return headers
		}
		value, _ := host.ReadOptional(func(out uint64) uint64 {
			return ext_offchain_http_response_header_value_version_1(uint32(id), index, out)
		})
		headers = append(headers, Header{name, value})
	}
}

func hostReadBody(id RequestID, buffer []byte, deadline uint64) (uint32, uint8, bool) {
	until := encodeDeadline(deadline)
	n := ext_offchain_http_response_read_body_version_2(uint32(id), host.Bytes(buffer), host.Bytes(until))
	return uint32(max(n, 0)), fault(n), n >= 0
}

// fault returns the [HTTPError] of a result code, which counts from -1 down.
func fault(n int64) uint8 { return uint8(-min(n, 0)) }
