using System.Text.Json;

namespace Weir.Runtime.Tests.Golden;

/// <summary>An operator of ours that a golden script is played on.</summary>
internal interface IGoldenOperator
{
    /// <summary>Does one step.</summary>
    /// <param name="step">The step: an array, its name first.</param>
    /// <returns>
    /// What came out in the form of the scripts, each record as JSON (<c>["out",1,[2,3],0,10,9]</c>), the watermark or status last.
    /// </returns>
    IEnumerable<string> Take(JsonElement step);

    /// <summary>Snapshots the operator, throws it away and restores another. The clock stays, and the watermark, too.</summary>
    void Restore();

    /// <summary>Looks at what is left behind a step that gave what was expected: timers, what was counted.</summary>
    /// <param name="test">The case.</param>
    /// <param name="step">The index of the step.</param>
    /// <returns>What is wrong; null if nothing is.</returns>
    string? Check(GoldenCase test, int step);
}
