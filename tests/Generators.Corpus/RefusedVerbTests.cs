using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>Verbs where they have no meaning: the compiler says what to write instead.</summary>
public sealed class RefusedVerbTests
{
    [Theory]
    [InlineData("texts.KeyBy(t => t.Length).To(sink)", "Behind KeyBy")]
    [InlineData("texts.KeyBy(t => t.Length).Window(CountWindow.Of(3)).Where(t => t.Length > 1)", "Behind Window")]
    [InlineData("texts.KeyBy(t => t.Length).Window(CountWindow.Of(3)).Select(t => t.Length)", "Behind Window")]
    [InlineData("texts.KeyBy(t => t.Length).Window(CountWindow.Of(3)).To(sink)", "Behind Window")]
    [InlineData("texts.Window(CountWindow.Of(3))", "call KeyBy first")]
    [InlineData("texts.WithEventTime(t => System.DateTime.UnixEpoch)", "Say how late records may come")]
    [InlineData("texts.WithEventTime(t => 5L)", "Say how late records may come")]
    public void A_verb_that_has_no_meaning_is_an_error_that_says_what_to_do(string verbs, string message)
    {
        var built = Builder.Build(
            [("verbs.cs", $$"""
                using Weir;

                public static class P
                {
                    [Pipeline]
                    public static void Define(Job job, Stream<string> texts, ISink<string> sink)
                    {
                        var result = {{verbs}};
                    }

                    public static void Main()
                    {
                    }
                }
                """)],
            new Dictionary<string, string>());

        Assert.Contains(built.Complaints, complaint =>
            complaint.Id == "CS0619" && $"{complaint}".Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain(built.Complaints, static complaint => complaint.Id is "AD0001" or "CS8785" or "WEIR0008");
    }
}
