# find_package(biodl) in a CMake project: biodl::biodl for C, biodl::cpp for C++20. Everything is found relative to this file, so that
# the folder that holds include/ and lib/ may lie anywhere.
include("${CMAKE_CURRENT_LIST_DIR}/Platform.cmake")
get_filename_component(_biodl_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(_biodl_folder "${_biodl_root}/${BIODL_LIBRARY_DIR}")

if(NOT EXISTS "${_biodl_folder}/${BIODL_SHARED}")
    set(biodl_FOUND FALSE)
    set(biodl_NOT_FOUND_MESSAGE "${_biodl_folder}/${BIODL_SHARED} is missing: this copy of BioDL has no library for ${BIODL_PLATFORM}.")
    return()
endif()

if(NOT TARGET biodl::biodl)
    add_library(biodl::biodl SHARED IMPORTED)
    set_target_properties(biodl::biodl PROPERTIES
        IMPORTED_LOCATION "${_biodl_folder}/${BIODL_SHARED}"
        IMPORTED_IMPLIB "${_biodl_folder}/biodl.lib"
        IMPORTED_SONAME "${BIODL_SHARED}"
        INTERFACE_INCLUDE_DIRECTORIES "${_biodl_root}/include")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/Cpp.cmake")
