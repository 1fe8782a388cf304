/* Writes the field of cells as an 8-bit PGM, for the example. */
#include <stdio.h>
#include "cells.h"

int main(int argc, char** argv)
{
    FILE* file = argc == 2 ? fopen(argv[1], "wb") : NULL;
    if (!file)
        return 2;
    fprintf(file, "P5\n%d %d\n255\n", CELL_FIELD, CELL_FIELD);
    for (int y = 0; y < CELL_FIELD; y++)
        for (int x = 0; x < CELL_FIELD; x++)
            fputc((int)(cell_value(y, x) * 255), file);
    return fclose(file);
}
