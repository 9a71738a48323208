using System.Reflection;
using System.Text;
using Weir.Generators.Tests.Infrastructure;

namespace Weir.Generators.Tests.House;

/// <summary>What we promise users, as text: a change of it is a line in the diff.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_DSL_promises() => Snapshot.Match(SurfaceOf(typeof(Job).Assembly), "txt");

    [Fact]
    public void The_runtime_promises() => Snapshot.Match(SurfaceOf(typeof(JobOptions).Assembly), "txt");

    private static string SurfaceOf(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type).Append('\n');
            foreach (var member in MembersOf(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    // What the compiler adds to a record is no promise of ours, and accessors are told by their property.
    private static IEnumerable<string> MembersOf(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(member => member switch
        {
            MethodBase method => (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
                && (!method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal)),
            PropertyInfo property => property.GetAccessors(nonPublic: true).Any(accessor => accessor.IsPublic || accessor.IsFamily),
            FieldInfo field => field.IsPublic || field.IsFamily,
            EventInfo @event => @event.AddMethod!.IsPublic,
            _ => false,
        })
        .Where(member => member.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is null
            && member.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers" or "EqualityContract" or "value__"))
        .Select(member => $"{member.MemberType}: {member}");
}
