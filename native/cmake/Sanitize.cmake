# The C and C++ parts and their tests under the address and undefined-behaviour sanitizers, with the library that the release preset published.
# The library itself is compiled by .NET and not instrumented; what it is handed and what it writes is checked on this side.
#   cmake --preset sanitize && cmake --build --preset sanitize && ctest --preset sanitize
set(BioDL.Native_DIR "${CMAKE_SOURCE_DIR}/build/release/publish/BioDL.Native")
if(NOT EXISTS "${BioDL.Native_DIR}/${BIODL_SHARED}")
    message(FATAL_ERROR "${BioDL.Native_DIR}/${BIODL_SHARED} is missing: build the release preset first")
endif()
include(Library)
add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -O1 -g)
add_link_options(-fsanitize=address,undefined)
