using Microsoft.CodeAnalysis;
using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>Ordinary and odd C#: every program builds as a user's does, and runs the same by generated code and by delegates.</summary>
public sealed class ProgramTests
{
    public static TheoryData<string> Names => [.. CorpusProgram.All.Select(static program => program.Name)];

    // Of the others the test of their build says all that there is to say: they report an error.
    public static TheoryData<string> Running =>
    [
        .. CorpusProgram.All
            .Where(static program => !program.Reports.Any(Builder.Errors.Contains))
            .Select(static program => program.Name),
    ];

    [Theory, MemberData(nameof(Names))]
    public void A_program_builds_without_a_complaint_of_the_compiler(string name)
    {
        var program = CorpusProgram.All.Single(program => program.Name == name);
        var built = Builder.Of(program);

        var complaints = built.Complaints.Where(diagnostic => !program.Reports.Contains(diagnostic.Id)).Select(Text).ToArray();
        Assert.True(complaints.Length == 0, string.Join('\n', complaints));
        var isAsSaid = program.Reports.Distinct().Order().SequenceEqual(built.Ours.Select(static ours => ours.Id).Distinct().Order());
        Assert.True(isAsSaid, $"It should report {string.Join(' ', program.Reports)}: {string.Join('\n', built.Ours.Select(Text))}");
    }

    [Theory, MemberData(nameof(Running))]
    public async Task A_program_means_the_same_compiled_and_interpreted(string name)
    {
        var built = Builder.Of(CorpusProgram.All.Single(program => program.Name == name));
        Assert.True(built.Images.Count > 0, string.Join('\n', built.Complaints.Select(Text)));

        var interpreted = await built.Run(Options(parallelism: 1, capacity: 1024) with { Interpreted = true });
        var compiled = await built.Compiled();
        var small = await built.Run(Options(parallelism: 1, capacity: 3));
        var parallel = await built.Run(Options(parallelism: 2, capacity: 5));

        Assert.NotEqual("", interpreted.Text);
        Assert.Equal(interpreted.Text, compiled.Text);
        Assert.Equal(interpreted.Text, small.Text);
        Assert.Equal(interpreted.Text, parallel.Text);
    }

    private static JobOptions Options(int parallelism, int capacity) => new()
    {
        Parallelism = parallelism,
        BatchCapacity = capacity,
        RestartStrategy = RestartStrategy.None,
    };

    private static string Text(Diagnostic diagnostic) => $"{diagnostic}";
}
