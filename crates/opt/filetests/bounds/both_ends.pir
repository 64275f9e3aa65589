; test bounds
; Two counters that run towards each other: where they have not met, each is an index.
import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
func @reverse(ref, i32) {
block0(v0: ref, v1: i32):
    v2 = i32const 0
    v3 = i32const 1
    v4 = isub v1, v3
    v5 = lt_s v2, v4
    brif v5, block1(v2, v4), block6
block1(v6: i32, v7: i32):
    v8 = lt_u v6, v1
    brif v8, block2, block3
block3:
    call @runtime.panicIndex(v6, v1) : (i32, i32)
    trap panic
block2:
    v9 = ge_u v7, v1
    brif v9, block4, block5
block4:
    call @runtime.panicIndex(v7, v1) : (i32, i32)
    trap panic
block5:
    v10 = iadd v6, v3
    v11 = isub v7, v3
    v12 = lt_s v10, v11
    brif v12, block1(v10, v11), block6
block6:
    return
}

; import @runtime.panicIndex = "env" "panicIndex" (i32, i32)
;
; func @reverse(ref, i32) {
; block0(v0: ref, v1: i32):
;     v2 = i32const 0
;     v3 = i32const 1
;     v4 = isub v1, v3
;     v5 = lt_s v2, v4
;     brif v5, block1(v2, v4), block6
; block1(v6: i32, v7: i32):
;     v8 = lt_u v6, v1
;     jump block2
; block2:
;     v9 = ge_u v7, v1
;     jump block5
; block5:
;     v10 = iadd v6, v3
;     v11 = isub v7, v3
;     v12 = lt_s v10, v11
;     brif v12, block1(v10, v11), block6
; block6:
;     return
; }
