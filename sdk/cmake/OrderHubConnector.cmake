# orderhub_add_connector(NAME SOURCES...): a connector as lib<NAME>.so from the sources and manifest.json in the current
# folder. The manifest becomes ORDERHUB_MANIFEST in <orderhub_manifest.hpp>. The object library <NAME>_objects
# is what its tests link.
function(orderhub_add_connector name)
  set(manifest ${CMAKE_CURRENT_SOURCE_DIR}/manifest.json)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} text)
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/orderhub_manifest.hpp
       CONTENT "#pragma once\n#define ORDERHUB_MANIFEST R\"manifest(@text@)manifest\"\n" @ONLY)
  add_library(${name}_objects OBJECT ${ARGN})
  target_include_directories(${name}_objects PUBLIC ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR}/generated)
  target_link_libraries(${name}_objects PUBLIC orderhub::sdk)
  set_target_properties(${name}_objects PROPERTIES POSITION_INDEPENDENT_CODE ON
                        CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  add_library(${name} MODULE)
  target_link_libraries(${name} PRIVATE ${name}_objects)
  set_target_properties(${name} PROPERTIES PREFIX "" LINKER_LANGUAGE CXX
                        LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/connectors)
  # libstdc++ gives some of its templates default visibility, whatever the compiler is told. Under a sanitizer its
  # runtime is in the program that loads the library, so not all symbols are defined here.
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL
                      $<$<NOT:$<BOOL:${ORDERHUB_SANITIZE}>>:-Wl,-z,defs>
                      -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/connector.map)
endfunction()
