using Weir.Generators.Tests.House;

namespace Weir.Generators.Tests.Reading;

/// <summary>A parser that looks into the declaration of a symbol says so, or it shows an old result after an edit there.</summary>
public sealed class NotedBodiesTests
{
    // They look at initializers and at kinds of declarations, which the memo watches without being told.
    private static readonly string[] DeclarationsOnly = ["KeyParser.cs", "MemberDefault.cs", "Throwing.cs"];

    [Fact]
    public void Whoever_looks_into_a_declaration_notes_it() => Offenders.None(
        from file in Repository.Files("src/Generators", "*.cs")
        where !Repository.NameOf(file).Contains("/Reading/", StringComparison.Ordinal)
            && !DeclarationsOnly.Contains(Path.GetFileName(file))
        let text = File.ReadAllText(file)
        where text.Contains(".GetSyntax(", StringComparison.Ordinal) && !text.Contains("BodyReads.Note", StringComparison.Ordinal)
        select $"{Repository.NameOf(file)} calls GetSyntax without BodyReads.Note(…)");

    [Fact]
    public void Whoever_lists_the_types_of_the_program_notes_it() => Offenders.None(
        from file in Repository.Files("src/Generators", "*.cs")
        where !Repository.NameOf(file).Contains("/Reading/", StringComparison.Ordinal)
        let text = File.ReadAllText(file)
        where new[] { "Assembly.GlobalNamespace", "GetSymbolsWithName", "GetNamespaceMembers" }
                .Any(way => text.Contains(way, StringComparison.Ordinal))
            && !text.Contains("BodyReads.NoteProgram", StringComparison.Ordinal)
        select $"{Repository.NameOf(file)} lists types without BodyReads.NoteProgram()");
}
