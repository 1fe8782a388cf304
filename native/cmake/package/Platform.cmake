# BIODL_PLATFORM is .NET's name of the platform, such as linux-x64; BIODL_LIBRARY_DIR is where its libraries go in dist/, BIODL_SHARED the
# library's file.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64|ARM64)$")
    set(_arch arm64)
else()
    set(_arch x64)
endif()

if(WIN32)
    set(BIODL_PLATFORM "win-${_arch}")
elseif(APPLE)
    set(BIODL_PLATFORM "osx-${_arch}")
else()
    set(BIODL_PLATFORM "linux-${_arch}")
endif()

set(BIODL_LIBRARY_DIR "lib/${BIODL_PLATFORM}")
set(BIODL_SHARED "${CMAKE_SHARED_LIBRARY_PREFIX}biodl${CMAKE_SHARED_LIBRARY_SUFFIX}")
