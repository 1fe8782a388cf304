# biodl::biodl, what C and C++ link with: the library that was published into BioDL.Native_DIR.
add_library(biodl_imported SHARED IMPORTED GLOBAL)
set_target_properties(biodl_imported PROPERTIES
    IMPORTED_LOCATION "${BioDL.Native_DIR}/${BIODL_SHARED}"
    IMPORTED_IMPLIB "${BioDL.Native_DIR}/biodl.lib"
    IMPORTED_SONAME "${BIODL_SHARED}"
    INTERFACE_INCLUDE_DIRECTORIES "${CMAKE_SOURCE_DIR}/native/include")
add_library(biodl::biodl ALIAS biodl_imported)
include(package/Cpp)
