using Weir.Generators.Corpus.Infrastructure;

namespace Weir.Generators.Corpus;

/// <summary>Clauses of queries that a stream has no meaning for: the compiler says what to write instead.</summary>
public sealed class RefusedQueryTests
{
    [Theory]
    [InlineData("from o in orders join t in texts on o equals t select o + t", "Streams are not joined by 'join'")]
    [InlineData("from o in orders join t in new[] { \"a\" } on o equals t select o + t", "not joined with a list")]
    [InlineData("from o in orders orderby o select o", "cannot be sorted")]
    [InlineData("from o in orders orderby o descending select o", "cannot be sorted")]
    [InlineData("from string o in orders select o", "have one type")]
    [InlineData("from o in orders group o by o.Length into g select g.Key + g.Count()", "groups are never complete")]
    [InlineData("from o in orders group o by o.Length into g where g.Count() > 1 select g", "groups are never complete")]
    [InlineData("from o in orders group o.Length by o", "Whole records are grouped")]
    [InlineData("from o in orders let n = o.Length group o by n", "Whole records are grouped")]
    public void A_clause_that_has_no_meaning_is_an_error_that_says_what_to_do(string query, string message)
    {
        var built = Builder.Build(
            [("query.cs", $$"""
                using Weir;

                public static class P
                {
                    [Pipeline]
                    public static void Define(Job job, Stream<string> orders, Stream<string> texts)
                    {
                        var result = {{query}};
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
