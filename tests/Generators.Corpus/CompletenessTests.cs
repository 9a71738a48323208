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
            if (!IsRun(built))
            {
                continue;
            }

            var run = await built.Compiled();
            var isSaid = built.Ours.Any(static diagnostic => diagnostic.Id is "WEIR3001" or "WEIR3002");
            if (run.Compiled < run.Loops != isSaid)
            {
                offenders.Add($"{program}: {run.Compiled} of {run.Loops} compiled, and {(isSaid ? "something" : "nothing")} is said");
            }

            offenders.AddRange((await Completeness.OffendersOf(built, built.Ours)).Select(offender => $"{program} {offender}"));
        }

        Assert.True(offenders.Count == 0, string.Join('\n', offenders));
    }

    // What the law would find, were nothing said: the programs whose rules report something must all be among it.
    [Fact]
    public async Task A_call_of_which_nothing_is_said_is_found()
    {
        var silent = new List<string>();
        foreach (var program in CorpusProgram.All.Where(static program => program.Reports.Intersect(Completeness.Rules).Any()))
        {
            var built = Builder.Of(program);
            if (IsRun(built) && !(await Completeness.OffendersOf(built, [])).Any())
            {
                silent.Add(program.Name);
            }
        }

        Assert.Empty(silent);
    }

    private static bool IsRun(Built built) =>
        built.Images.Count > 0 && built.Ours.All(static diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
}
