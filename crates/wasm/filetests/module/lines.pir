; test lines
; Version, files, locations, functions.
export "f" @f
func @f(i32) -> i32 {
    loc0 = "a.go":3:2
    loc1 = "b.go":70:9 in loc0
    loc2 = "a.go":4:5
block0(v0: i32):
    v1 = imul v0, v0 !loc0
    v2 = iadd v1, v0 !loc1
    return v2 !loc2
}

; 01 02 04 61 2e 67 6f 04 62 2e 67 6f 02 00 03 02 00 01 c3 00 09 01 01 00 02 01 00 05 01
