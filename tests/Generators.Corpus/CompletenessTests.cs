using Microsoft.CodeAnalysis;
using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>The law: each verb call runs in a generated loop, or the analyzer says that it does not, and why.</summary>
public sealed class CompletenessTests
{
    [Fact]
    public async Task No_verb_of_the_corpus_runs_interpreted_in_silence()
    {
        var offenders = new List<string>();
        foreach (var program in CorpusProgram.All)
        {
            var built = Builder.Of(program);
            if (built.Images.Count == 0 || built.Ours.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
            {
                continue;
            }

            var run = await built.Compiled();
            var isSaid = built.Ours.Any(static diagnostic => diagnostic.Id is "WEIR3001" or "WEIR3002");
            if (run.Compiled < run.Loops != isSaid)
            {
                offenders.Add($"{program}: {run.Compiled} of {run.Loops} compiled, and {(isSaid ? "something" : "nothing")} is said");
            }
        }

        Assert.Empty(offenders);
    }
}
