; test liveness
func @f(i32, ref) -> i32 {
block0(v0: i32, v1: ref):
    v2 = i32const 0
    jump block1(v0, v2)
block1(v3: i32, v4: i32):
    brif v3, block2, block3
block2:
    v5 = load.i32 v1
    v6 = iadd v4, v5
    v7 = isub v3, v0
    jump block1(v7, v6)
block3:
    return v4
}

; block0: in [] out [v0, v1]
; block1: in [v0, v1] out [v0, v1, v3, v4]
; block2: in [v0, v1, v3, v4] out [v0, v1]
; block3: in [v4] out []
