# What C and C++ projects outside find BioDL by: find_package(biodl) and pkg-config. Both files look for the rest relative to themselves, and lie in
# share, because every folder of lib is a platform.
include(CMakePackageConfigHelpers)
set(_package "${CMAKE_CURRENT_LIST_DIR}/package")
# The ABI only grows, so a newer library serves whoever asks for an older one.
write_basic_package_version_file("${CMAKE_BINARY_DIR}/biodl-config-version.cmake" COMPATIBILITY AnyNewerVersion)
configure_file("${_package}/biodl.pc.in" "${CMAKE_BINARY_DIR}/biodl.pc" @ONLY)
install(FILES "${_package}/biodl-config.cmake" "${_package}/Platform.cmake" "${_package}/Cpp.cmake" "${CMAKE_BINARY_DIR}/biodl-config-version.cmake"
    DESTINATION share/cmake/biodl)
install(FILES "${CMAKE_BINARY_DIR}/biodl.pc" DESTINATION share/pkgconfig)
if(WIN32)
    install(FILES "${BioDL.Native_DIR}/biodl.lib" DESTINATION "${BIODL_LIBRARY_DIR}")
endif()
