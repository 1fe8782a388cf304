import java.io.File;
import java.util.function.Function;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IBundleCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ICoverageNode;
import org.jacoco.core.tools.ExecFileLoader;

/** Prints what of a folder of classes was run: {@code java JavaCoverage.java jacoco.exec CLASSES}. */
class JavaCoverage
{
    public static void main(String[] arguments) throws Exception
    {
        ExecFileLoader runs = new ExecFileLoader();
        runs.load(new File(arguments[0]));
        CoverageBuilder builder = new CoverageBuilder();
        new Analyzer(runs.getExecutionDataStore(), builder).analyzeAll(new File(arguments[1]));
        IBundleCoverage all = builder.getBundle("org.biodl");
        System.out.println("lines " + percent(all, ICoverageNode::getLineCounter) + ", branches " + percent(all,
            ICoverageNode::getBranchCounter));
    }

    private static String percent(IBundleCoverage coverage, Function<ICoverageNode, ICounter> counter)
    {
        return String.format("%.1f%%", 100 * counter.apply(coverage).getCoveredRatio());
    }
}
