using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>Branches that a loop adds, with lambdas that capture its variable.</summary>
public sealed class BranchesInLoopTests
{
    private static readonly JobOptions Options = new() { RestartStrategy = RestartStrategy.None };

    [Fact]
    public async Task H37_Branches_of_a_foreach_keep_their_own_values_and_have_the_same_ids_in_every_run()
    {
        var program = CorpusProgram.All.FirstOrDefault(static program => program.Name == "follow/H37_branches-in-foreach.cs");
        Assert.SkipWhen(program is null, "Other programs are tried.");
        var built = Builder.Of(program);
        Assert.Empty(built.Complaints);
        Assert.DoesNotContain(built.Diagnostics, static diagnostic => diagnostic.Id == "AD0001");

        var compiled = await built.Run(Options);
        var again = await built.Run(Options);
        var interpreted = await built.Run(Options with { Interpreted = true });

        Assert.Equal(compiled.Loops, compiled.Compiled);
        Assert.Equal(interpreted.Text, compiled.Text);
        Assert.Equal(compiled.Ids, again.Ids);
        Assert.Equal(compiled.Ids, interpreted.Ids);
        Assert.Equal(compiled.Ids.Count, compiled.Ids.Distinct().Count());

        // Each line begins with the branch's sink and the value that its lambda captured: "ann: ann: ann 09 2".
        var lines = compiled.Text.Split('\n').Select(static line => line.Split(": ")).ToArray();
        Assert.Equal(["ann", "bob"], lines.Select(static line => line[0]).Distinct().Order());
        Assert.All(lines, static line => Assert.Equal(line[0], line[1]));
        Assert.All(lines, static line => Assert.StartsWith(line[0] + " ", line[2], StringComparison.Ordinal));
    }
}
