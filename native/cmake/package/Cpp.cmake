# biodl::cpp, the header-only wrapper over biodl::biodl.
if(NOT TARGET biodl::cpp)
    add_library(biodl::cpp INTERFACE IMPORTED)
    set_target_properties(biodl::cpp PROPERTIES
        INTERFACE_LINK_LIBRARIES biodl::biodl
        INTERFACE_COMPILE_FEATURES cxx_std_20)
endif()
