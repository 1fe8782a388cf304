package org.biodl.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StainColorsTest
{
    @ParameterizedTest
    @CsvSource({ "DAPI,0000ff", "Hoechst 33342,0000ff", "DNA,0000ff", "nuclei,0000ff", "Nucleus C1,0000ff", "GFP,00ff00", "FITC,00ff00",
        "cell_membrane,00ff00", "TRITC,ff0000", "RFP,ff0000", "mCherry,ff0000", "F-actin,ff0000", "alpha-tubulin,ff0000", "Cy5,ff00ff",
        "brightfield,ffffff", "phase contrast,ffffff", "nuclear envelope,ff0000", "channel 1,ffffff", ",ffffff", "far-red,ff00ff",
        "mitochondria,00ff00" })
    void areThoseOfTheStain(String name, String color)
    {
        assertEquals(new Color(Integer.parseInt(color, 16)), StainColors.of(name == null ? "" : name));
    }
}
