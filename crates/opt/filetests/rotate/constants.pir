; test rotate
; A constant of the header that is used in the loop and behind it stays one constant.
func @count(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    jump block1(v1)
block1(v2: i32):
    v3 = i32const 1
    v4 = ne v2, v0
    brif v4, block2, block3
block2:
    v5 = iadd v2, v3
    jump block1(v5)
block3:
    v6 = iadd v2, v3
    return v6
}
; Two loops, one header straight above the other.
func @nested(i32) -> i32 {
block0(v0: i32):
    v1 = i32const 0
    jump block1(v1)
block1(v2: i32):
    v3 = i32const 7
    v4 = lt_s v2, v0
    brif v4, block2(v2), block4
block2(v5: i32):
    v6 = i32const 3
    v7 = lt_s v5, v3
    brif v7, block3, block5
block3:
    v8 = iadd v5, v6
    jump block2(v8)
block5:
    v9 = iadd v5, v6
    jump block1(v9)
block4:
    return v3
}

; func @count(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 0
;     v3 = i32const 1
;     jump block4
; block4:
;     v8 = ne v1, v0
;     brif v8, block2(v1), block3(v1)
; block1:
;     v4 = ne v5, v0
;     brif v4, block2(v5), block3(v5)
; block2(v9: i32):
;     v5 = iadd v9, v3
;     jump block1
; block3(v10: i32):
;     v6 = iadd v10, v3
;     return v6
; }
;
; func @nested(i32) -> i32 {
; block0(v0: i32):
;     v1 = i32const 0
;     v3 = i32const 7
;     v6 = i32const 3
;     jump block6
; block6:
;     v11 = lt_s v1, v0
;     brif v11, block7(v1), block4
; block1:
;     v4 = lt_s v9, v0
;     brif v4, block7(v9), block4
; block7(v12: i32):
;     v13 = lt_s v12, v3
;     brif v13, block3(v12), block5(v12)
; block2:
;     v7 = lt_s v8, v3
;     brif v7, block3(v8), block5(v8)
; block3(v14: i32):
;     v8 = iadd v14, v6
;     jump block2
; block5(v15: i32):
;     v9 = iadd v15, v6
;     jump block1
; block4:
;     return v3
; }
