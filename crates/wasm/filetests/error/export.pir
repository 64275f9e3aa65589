; test error
export "__heap_base" @f
func @f() {
block0:
    return
}

; export __heap_base is declared twice
