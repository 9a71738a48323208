using Microsoft.CodeAnalysis;
using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>
/// Each program under settings that it was not written for: where the user's own code builds, it builds with what is generated.
/// </summary>
public sealed class SettingsTests
{
    private static readonly string[] Settings =
    [
        "nullable=disable", "nullable=annotations", "checked", "langversion=12", "langversion=13", "langversion=preview", "debug", "unsafe",
    ];

    // One setting a program, in turn; all of them by WEIR_ALL_SETTINGS=1, which takes minutes.
    public static TheoryData<string, string> Cases
    {
        get
        {
            var all = Environment.GetEnvironmentVariable("WEIR_ALL_SETTINGS") is not null;
            var cases = new TheoryData<string, string>();
            foreach (var (program, index) in CorpusProgram.All.Select(static (program, index) => (program, index)))
            {
                foreach (var setting in Settings.Where((_, number) => all || number == index % Settings.Length))
                {
                    if (!program.Settings.ContainsKey(setting.Split('=')[0]))
                    {
                        cases.Add(program.Name, setting);
                    }
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_setting_changes_nothing_but_the_users_own_code(string name, string setting)
    {
        var program = CorpusProgram.All.Single(program => program.Name == name);
        var (key, value) = setting.Split('=') is [var first, var second] ? (first, second) : (setting, "");
        var settings = new Dictionary<string, string>(program.Settings) { [key] = value };

        var built = Builder.Build(program.Files, settings);
        var complaints = built.Complaints.Where(diagnostic => !program.Reports.Contains(diagnostic.Id)).ToArray();

        // To compile the user's own code once more takes as long as all before it: only where there is something to excuse.
        var own = complaints.Length == 0 ? [] : ComplaintsOfOwnCode(built);
        Assert.Empty(complaints.Select(static diagnostic => diagnostic.ToString()).Except(own));
    }

    private static HashSet<string> ComplaintsOfOwnCode(Built built) =>
    [
        .. built.Compilation.RemoveAllSyntaxTrees()
            .AddSyntaxTrees(built.Compilation.SyntaxTrees.Where(static tree => !Builder.IsGenerated(tree)))
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => diagnostic.ToString()),
    ];
}
